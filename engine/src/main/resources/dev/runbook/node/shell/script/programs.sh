# Programs that may take long, or that must not run twice. They outlive this shell: their output and status are in files.

# Leaves the status in rb_code. Found running, or ended, under its number, it is not started again.
rb_detached() { # seconds folder program...
    rb_seconds=$1
    rb_where=$2
    shift 2
    [ -n "$rb_run" ] || rb_refuse "the lock of this node is not held by run $rb_run_id"
    rb_log=$rb_run/program-$rb_number.log
    rb_result=$rb_run/program-$rb_number.status
    if rb_leftover "$rb_run" && [ "$rb_live_number" = "$rb_number" ]; then
        rb_wait_for_leftover "$rb_seconds" "$1"
    elif [ ! -s "$rb_result" ]; then
        rb_end_leftover "$rb_run"
        rb_start_detached "$@"
    fi
    [ -s "$rb_result" ] || rb_fail "$1 was ended from outside; how far it got is not known (see $rb_log)"
    read -r rb_code <"$rb_result"
    [ "$rb_code" = 0 ] || tail -c 4096 -- "$rb_log"
}

# A session of its own, so that nothing that ends this one ends it.
rb_start_detached() { # program...
    (
        trap '' HUP PIPE
        set +e
        umask 022
        cd "${rb_where:-/}" || exit 126
        setsid timeout -k 5 "$rb_seconds" "$@" </dev/null 3<&- 4>&- 9>&- &
        rb_remember $!
        wait $!
        printf '%s\n' $? >"$rb_result.new"
        mv -T -- "$rb_result.new" "$rb_result"
        rb_forget
    ) >"$rb_log" 2>&1 9>&- &
    wait $! || :
}

rb_program() { # seconds folder program...
    rb_before=
    if [ -n "$rb_run" ] && [ -s "$rb_run/program-$rb_number.status" ]; then
        read -r rb_before <"$rb_run/program-$rb_number.status"
    fi
    if [ "$rb_before" = 0 ]; then rb_already; fi
    if rb_is_undo; then
        # One that failed is tried again: undos may be repeated.
        if [ -n "$rb_before" ]; then rm -f -- "$rb_run/program-$rb_number.status"; fi
    elif [ -z "$rb_before" ] && [ -e "$rb_run/program-$rb_number.log" ] && ! rb_leftover "$rb_run"; then
        rb_fail "$3 was begun before and left no result; how far it got is not known"
    fi
    rb_detached "$@"
    rb_outcome "$rb_code" "$1" "$3"
}

# Undos are numbered above all steps; a program that is to run once more has another number than the first time.
rb_is_undo() {
    [ $((rb_number % 10000000)) -ge 1000000 ]
}

# The link was lost while it ran, and it went on. Its status is written right after its end.
rb_wait_for_leftover() { # seconds program
    rb_now
    rb_until=$((rb_uptime + $1))
    while rb_leftover "$rb_run"; do
        if rb_must_stop; then rb_fail "$rb_why while $2 ran"; fi
        rb_now
        [ "$rb_uptime" -lt "$rb_until" ] || rb_fail "$2 did not end within $1 s"
        rb_tell "$2 still runs, from before the connection was lost"
        sleep 0.1
    done
    rb_tries=20
    until [ -s "$rb_result" ] || [ "$rb_tries" = 0 ]; do
        rb_tries=$((rb_tries - 1))
        sleep 0.1
    done
}
