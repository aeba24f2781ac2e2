# One batch of actions: the fence, the node's own journal, the order.

# A batch holds "inflight" from its first action to its last, so that a newer shell begins only when an older one,
# however late it wakes, has seen that its session is over. Of what that one left running only the program that this
# batch begins with may continue: rb_program finds it again.
rb_open() { # run epoch session batch keep seconds
    rb_stopped=1
    rb_run=
    rb_run_id=$1
    rb_epoch=$2
    rb_session=$3
    rb_batch=$4
    rb_pending=
    rb_position=0
    if [ -d "$rb_root/runs/$1" ]; then
        rb_run=$rb_root/runs/$1
    fi
    # Who lost the lock acts no more, and must not look like a newer connection of the one who has it.
    if rb_owns "$1" "$2"; then
        printf '%-80s\n' "$rb_session" 1<>"$rb_run/session"
        if ! { command exec 9>>"$rb_run/inflight"; } || ! rb_wait_for_older "$5" "$6"; then
            rb_say blocked "an earlier action of run $1 has not ended on this node"
            return 0
        fi
        rb_position=$(tr -d '\000' <"$rb_run/journal" | wc -l)
    fi
    rb_stopped=
    rb_mark opened
}

rb_owns() { # run epoch
    [ -e "$rb_root/lock/owner" ] || return 1
    rb_read_holder
    [ "$rb_holder $rb_holder_epoch" = "$1 $2" ]
}

rb_wait_for_older() { # number|any|- seconds
    rb_now
    rb_until=$((rb_uptime + $2))
    until flock -n 9; do
        if [ "$1" != any ] && rb_leftover "$rb_run" && [ "$rb_live_number" != "$1" ]; then kill -TERM "$rb_live"; fi
        rb_now
        [ "$rb_uptime" -lt "$rb_until" ] || return 1
        rb_tell "an earlier action of this run has not ended here yet"
        sleep 0.1
    done
}

rb_close() {
    rb_code=0
    if [ -n "$rb_pending" ]; then
        (
            set -eu
            rb_append "${rb_pending%, }"
        )
        rb_code=$?
    fi
    command exec 9>&-
    rb_run=
    rb_mark closed "$rb_code"
}

# A record has a fixed size and its place is allocated beforehand: it can be written on a full disk.
rb_append() {
    [ "$rb_position" -lt "$rb_records" ] || rb_bar "the journal $rb_run/journal is full"
    printf '%-255.255s\n' "$rb_epoch $*" |
        dd of="$rb_run/journal" bs=256 seek="$rb_position" conv=notrunc,fsync status=none
}

rb_cancelled() {
    [ -n "$rb_run" ] && { read -r rb_which <"$rb_run/cancel"; } 2>/dev/null && [ "$rb_which" = "$rb_batch" ]
}

# Asked in every loop that waits: sets rb_why.
rb_must_stop() {
    [ -n "$rb_run" ] || return 1
    rb_why=cancelled
    if rb_cancelled; then return 0; fi
    { read -r rb_which <"$rb_run/session"; } 2>/dev/null || return 1
    [ "$rb_which" != "$rb_session" ] || return 1
    rb_require_lock
    rb_why="given up for a newer connection"
}

# Nothing is changed by one who does not hold the lock any more.
rb_fence() {
    rb_require_lock
    read -r rb_which <"$rb_run/session"
    [ "$rb_which" = "$rb_session" ] || rb_bar "this connection was given up for a newer one"
}

# Ends the action when another controller has this node, and says which one. What was released still tells who had it.
rb_require_lock() {
    if [ ! -d "$rb_root/runs/$rb_run_id" ] || [ ! -e "$rb_root/lock/owner" ]; then
        if { rb_read_holder "$rb_root/runs/$rb_run_id/released/owner"; } 2>/dev/null &&
            [ "$rb_holder_epoch" -gt "$rb_epoch" ]; then
            rb_fenced "run $rb_run_id was taken over by $rb_holder_owner (epoch $rb_holder_epoch) at" \
                "$rb_holder_since, which released this node since"
        fi
        rb_fenced "the lock of this node is not held by run $rb_run_id any more"
    fi
    rb_read_holder
    [ "$rb_holder" = "$rb_run_id" ] ||
        rb_fenced "the lock of this node is held by run $rb_holder of $rb_holder_owner since $rb_holder_since"
    [ "$rb_holder_epoch" = "$rb_epoch" ] ||
        rb_fenced "taken over by $rb_holder_owner (epoch $rb_holder_epoch) at $rb_holder_since"
}

# Runs in a subshell of its own: a failure ends the action, never the shell.
rb_act() { # index number kind mutates function argument...
    [ -z "$rb_stopped" ] || return 0
    rb_index=$1
    rb_number=$2
    rb_kind=$3
    rb_mutates=$4
    rb_told=
    rb_next_tell=0
    shift 4
    [ "$rb_mutates" != yes ] || rb_judge -
    (
        set -eu
        if rb_cancelled; then rb_bar "cancelled before it began"; fi
        if [ "$rb_mutates" = yes ]; then
            rb_fence
            # What outlives a shell continues when its connection is lost, and is found again; anything else is ended first.
            case $1 in rb_program | rb_restore_data | rb_save_snapshot) ;; *) rb_end_leftover "$rb_run" ;; esac
            rb_append "${rb_pending}started $rb_number $rb_kind"
            rb_judge begun
        fi
        "$@"
    ) >&2
    rb_status=$?
    [ "$rb_mutates" != yes ] || rb_note_end
    [ "$rb_status" = 0 ] || rb_stopped=1
    printf '\n%s end %s\n' "$rb_nonce" "$rb_index" >&2
    rb_mark end "$rb_index" "$rb_status"
}

# What has become of an action stands in the record of the next one, or in one of its own when none follows. An action
# that was barred has no record at all: another controller may be writing there.
rb_note_end() {
    rb_verdict=-
    { read -r rb_which rb_verdict <"$rb_run/verdict"; } 2>/dev/null || :
    [ "$rb_which" = "$rb_number" ] || rb_verdict=-
    case $rb_verdict in
        -) return 0 ;;
        begun)
            rb_verdict='done'
            [ "$rb_status" = 0 ] || rb_verdict=failed
            ;;
    esac
    rb_position=$((rb_position + 1))
    rb_pending="$rb_verdict $rb_number, "
}

# A question: what it prints on standard output is the answer.
rb_ask() { # index function argument...
    rb_index=$1
    rb_number=-
    shift
    rb_status=0
    if ! rb_answer_at_once "$@"; then
        (
            set -eu
            "$@"
        )
        rb_status=$?
    fi
    printf '\n%s end %s\n' "$rb_nonce" "$rb_index" >&2
    rb_mark end "$rb_index" "$rb_status"
}
