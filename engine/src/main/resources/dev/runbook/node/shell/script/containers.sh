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
