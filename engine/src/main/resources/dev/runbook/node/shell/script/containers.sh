# Containers of the kubelet's runtime, through crictl where it is, else through containerd's ctr.

rb_runtime() {
    if rb_has crictl; then
        rb_client=crictl
        if [ ! -e /etc/crictl.yaml ]; then
            for rb_socket in /run/containerd/containerd.sock /run/crio/crio.sock; do
                [ -S "$rb_socket" ] || continue
                CONTAINER_RUNTIME_ENDPOINT=unix://$rb_socket
                export CONTAINER_RUNTIME_ENDPOINT
                break
            done
        fi
    elif rb_has ctr; then
        rb_client=ctr
    else
        return 1
    fi
}

# Running ones only: exited containers of the same name stay listed for long. Sets rb_ids. A runtime that does not
# answer is a failure, never an empty list.
rb_find_containers() { # name
    rb_ids=
    rb_runtime || {
        echo "neither crictl nor ctr is on this node" >&2
        return 1
    }
    if [ "$rb_client" = crictl ]; then
        rb_ids=$(timeout 15 crictl ps --label "io.kubernetes.container.name=$1" --state Running -q) || return 1
        return 0
    fi
    rb_all=$(timeout 15 ctr -n k8s.io containers ls -q "labels.\"io.kubernetes.container.name\"==\"$1\"") || return 1
    [ -n "$rb_all" ] || return 0
    rb_running_tasks || return 1
    for rb_id in $rb_all; do
        case $rb_tasks in *" $rb_id "*) rb_ids="$rb_ids $rb_id" ;; esac
    done
}

# Sets rb_tasks, with a blank on either side of each.
rb_running_tasks() {
    rb_list=$(timeout 15 ctr -n k8s.io tasks ls) || return 1
    rb_tasks=$(printf '%s\n' "$rb_list" | while read -r rb_id _ rb_status; do
        [ "$rb_status" != RUNNING ] || printf ' %s ' "$rb_id"
    done)
}

# The same for several names: sets rb_ids to all of them, and rb_alive to the names that have one.
rb_find_all() { # name...
    rb_found=
    rb_alive=
    rb_runtime || rb_client=
    if [ "$rb_client" = crictl ]; then
        # Each question starts a program: where nothing runs, one is enough.
        rb_pattern=$(IFS='|' && printf '^(%s)$' "$*")
        rb_ids=$(timeout 15 crictl ps --name "$rb_pattern" --state Running -q) || return 1
        [ -n "$rb_ids" ] || return 0
    fi
    for rb_name; do
        rb_find_containers "$rb_name" || return 1
        [ -n "$rb_ids" ] || continue
        rb_alive="$rb_alive $rb_name"
        rb_found="$rb_found $rb_ids"
    done
    rb_ids=$rb_found
}

# Stops the kubelet, so that it brings nothing back, and then the containers of parked manifests.
rb_stop_containers() { # kubelet grace name...
    rb_kubelet=$1
    rb_grace=$2
    shift 2
    rb_runtime || rb_refuse "neither crictl nor ctr is on this node"
    rb_find_all "$@" || rb_refuse "the container runtime does not answer"
    rb_await_systemd
    rb_unit_state "$rb_kubelet"
    case $rb_state in
        inactive | failed | unknown) [ -n "$rb_alive" ] || rb_already ;;
        *)
            rb_tell_begun "$rb_kubelet is stopping"
            rb_bounded 100 systemctl stop -- "$rb_kubelet"
            rb_find_all "$@" || rb_fail "the container runtime does not answer any more"
            ;;
    esac
    [ -n "$rb_alive" ] || return 0
    rb_tell_begun "told to stop, and killed after $rb_grace s"
    # Whether it succeeded is seen below.
    (rb_stop_found "$rb_grace" "$@") 4>/dev/null || :
    rb_find_all "$@" || rb_fail "the container runtime does not answer any more"
    [ -n "$rb_alive" ] || return 0
    if rb_must_stop; then rb_fail "$rb_why while container$rb_alive was stopping"; fi
    rb_still_runs
}

# Stops the containers in rb_ids, all at the same moment. crictl stops several one after the other, so each has its own.
rb_stop_found() { # grace name...
    rb_grace=$1
    shift
    if [ "$rb_client" = crictl ]; then
        # shellcheck disable=SC2086,SC2016 # one word an id; the inner shell expands its own parameters
        rb_bounded $((rb_grace + 20)) sh -c 'grace=$1; shift; pids=; code=0
            for id; do crictl stop --timeout "$grace" "$id" & pids="$pids $!"; done
            for pid in $pids; do wait "$pid" || code=$?; done; exit "$code"' sh "$rb_grace" $rb_ids
        return 0
    fi
    rb_signal=SIGTERM
    rb_now
    # One more, since whole seconds are compared: the grace is never cut short.
    rb_until=$((rb_uptime + rb_grace + 1))
    rb_begin_pauses
    while [ -n "$rb_ids" ]; do
        for rb_id in $rb_ids; do
            [ -z "$rb_signal" ] || timeout 10 ctr -n k8s.io tasks kill -s "$rb_signal" "$rb_id" || :
        done
        rb_signal=
        rb_pause
        if rb_must_stop; then rb_fail "$rb_why while container$rb_alive was stopping"; fi
        rb_now
        if [ "$rb_uptime" -ge "$rb_until" ]; then
            rb_signal=SIGKILL
            rb_until=$((rb_uptime + 15))
            [ -z "${rb_killed:-}" ] || rb_fail "container$rb_alive still runs after SIGKILL"
            rb_killed=yes
        fi
        rb_find_all "$@" || rb_fail "the container runtime does not answer any more"
    done
}

# The commands that end a container by hand.
rb_by_hand() { # name
    if [ "$rb_client" = crictl ]; then
        printf '%s' "crictl ps --label io.kubernetes.container.name=$1, then crictl stop --timeout 30 ID"
    else
        printf '%s' "ctr -n k8s.io containers ls and ctr -n k8s.io tasks kill -s SIGTERM ID for $1"
    fi
}

# Sets rb_alive to the names of those that still run, and rb_overdue to those that have outlived their patience.
rb_look_for() { # name patience...
    rb_alive=
    rb_overdue=
    rb_now
    while [ $# != 0 ]; do
        rb_find_containers "$1" || return 1
        if [ -n "$rb_ids" ]; then
            rb_alive="$rb_alive $1"
            # One more, since whole seconds are compared.
            [ $((rb_uptime - rb_begun)) -le "$2" ] || rb_overdue="$rb_overdue $1"
        fi
        shift 2
    done
}

# Waits until the kubelet has ended the containers of parked manifests. What has outlived its patience it will not end: it
# was started while no API server answered, and removes nothing until one does.
rb_end_containers() { # kubelet grace name patience...
    rb_kubelet=$1
    rb_grace=$2
    shift 2
    rb_runtime || rb_refuse "neither crictl nor ctr is on this node"
    rb_now
    rb_begun=$rb_uptime
    rb_begin_pauses
    rb_waited=
    until rb_settled "$@"; do
        rb_waited=yes
        if rb_must_stop; then rb_fail "$rb_why; so far: ${rb_alive:- nothing} runs"; fi
        rb_tell "still there:$rb_alive"
        rb_pause
    done
    rb_await_systemd
    if [ -n "$rb_alive" ]; then
        rb_waited=yes
        rb_tell_begun "the kubelet does not end$rb_alive, so $rb_kubelet is stopping and the runtime ends it"
        rb_bounded 100 systemctl stop -- "$rb_kubelet"
        # Whether it succeeded is seen below; a failure here must not leave the kubelet stopped.
        # shellcheck disable=SC2086 # one word a name
        (rb_find_all $rb_alive && { [ -z "$rb_alive" ] || rb_stop_found "$rb_grace" $rb_alive; }) 4>/dev/null || :
    fi
    rb_unit_state "$rb_kubelet"
    case $rb_state in
        active | activating | reloading) ;;
        *)
            rb_waited=yes
            rb_bounded 30 systemctl start --no-block -- "$rb_kubelet"
            ;;
    esac
    if [ -n "$rb_alive" ]; then
        rb_look_for "$@" || rb_fail "the container runtime does not answer any more"
        if [ -n "$rb_alive" ] && rb_must_stop; then rb_fail "$rb_why while container$rb_alive was stopping"; fi
        [ -z "$rb_alive" ] || rb_still_runs
    fi
    [ -n "$rb_waited" ] || rb_already
}

# Whether there is nothing to wait for any more: all have ended, or one is overdue. Nothing is known, and so nothing done,
# while the runtime does not answer.
rb_settled() { # name patience...
    if rb_look_for "$@" 2>/dev/null; then
        [ -z "$rb_alive" ] || [ -n "$rb_overdue" ]
        return
    fi
    rb_alive=" what the container runtime does not tell"
    [ $((rb_uptime - rb_begun)) -gt 60 ] || return 1
    rb_look_for "$@" || rb_fail "the container runtime has not answered for 60 s"
    return 1
}

rb_still_runs() {
    rb_name=${rb_alive##* }
    rb_fail "container$rb_alive still runs, although $rb_kubelet was stopped and the runtime was told to stop it; on this" \
        "node: $(rb_by_hand "$rb_name"); then, on the controller: runbook resume $rb_run_id"
}
