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

rb_stop_container() { # name grace
    rb_runtime || rb_refuse "neither crictl nor ctr is on this node"
    rb_find_containers "$1" || rb_refuse "the container runtime does not answer"
    [ -n "$rb_ids" ] || rb_already
    rb_stop_found "$1" "$2"
}

# Stops the containers in rb_ids.
rb_stop_found() { # name grace
    if [ "$rb_client" = crictl ]; then
        # shellcheck disable=SC2086 # one word an id
        rb_bounded $(($2 + 20)) crictl stop --timeout "$2" $rb_ids
        return 0
    fi
    rb_signal=SIGTERM
    rb_now
    # One more, since whole seconds are compared: the grace is never cut short.
    rb_until=$((rb_uptime + $2 + 1))
    while [ -n "$rb_ids" ]; do
        for rb_id in $rb_ids; do
            [ -z "$rb_signal" ] || timeout 10 ctr -n k8s.io tasks kill -s "$rb_signal" "$rb_id" || :
        done
        rb_signal=
        sleep 0.2
        if rb_must_stop; then rb_fail "$rb_why while container $1 was stopping"; fi
        rb_now
        if [ "$rb_uptime" -ge "$rb_until" ]; then
            rb_signal=SIGKILL
            rb_until=$((rb_uptime + 15))
            [ -z "${rb_killed:-}" ] || rb_fail "container $1 still runs after SIGKILL"
            rb_killed=yes
        fi
        rb_find_containers "$1" || rb_fail "the container runtime does not answer any more"
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
    rb_pauses=0
    rb_waited=
    until rb_settled "$@"; do
        rb_waited=yes
        if rb_must_stop; then rb_fail "$rb_why; so far: ${rb_alive:- nothing} runs"; fi
        rb_pause
    done
    rb_await_systemd
    if [ -n "$rb_alive" ]; then
        rb_waited=yes
        rb_bounded 100 systemctl stop -- "$rb_kubelet"
        for rb_name in $rb_alive; do
            # Whether it succeeded is seen below; a failure here must not leave the kubelet stopped.
            (rb_find_containers "$rb_name" && { [ -z "$rb_ids" ] || rb_stop_found "$rb_name" "$rb_grace"; }) \
                4>/dev/null || :
        done
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
