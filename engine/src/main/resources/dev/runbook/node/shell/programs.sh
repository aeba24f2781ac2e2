# Programs that may take long, or that must not run twice. They outlive this shell: their status is in a file.

rb_program() { # seconds folder program...
    rb_seconds=$1
    rb_where=$2
    shift 2
    rb_log=$rb_run/program-$rb_number.log
    rb_result=$rb_run/program-$rb_number.status
    [ -n "$rb_run" ] || rb_refuse "the lock of this node is not held by run $rb_run_id"
    if rb_leftover "$rb_run" && [ "$rb_live_number" = "$rb_number" ]; then
        rb_wait_for_leftover "$rb_seconds" "$1"
    elif [ ! -s "$rb_result" ] || [ "$(cat "$rb_result")" != 0 ]; then
        rb_end_leftover "$rb_run"
        rm -f -- "$rb_result"
        (
            trap '' HUP PIPE
            set +e
            umask 022
            cd "${rb_where:-/}" || exit 126
            timeout -k 5 "$rb_seconds" "$@" </dev/null 3<&- 4>&- 9>&- &
            rb_remember $!
            wait $!
            printf '%s\n' $? >"$rb_result.new"
            mv -T -- "$rb_result.new" "$rb_result"
            rb_forget
        ) >"$rb_log" 2>&1 9>&- &
        wait $! || :
    else
        rb_already
    fi
    [ -s "$rb_result" ] || rb_fail "$1 was ended from outside; how far it got is not known (see $rb_log)"
    read -r rb_code <"$rb_result"
    [ "$rb_code" = 0 ] || tail -c 4096 -- "$rb_log"
    rb_outcome "$rb_code" "$rb_seconds" "$1"
}

# The link was lost while it ran, and it went on.
rb_wait_for_leftover() { # seconds program
    rb_now
    rb_until=$((rb_uptime + $1))
    while rb_leftover "$rb_run"; do
        if rb_must_stop; then rb_fail "$rb_why while $2 ran"; fi
        rb_now
        [ "$rb_uptime" -lt "$rb_until" ] || rb_fail "$2 did not end within $1 s"
        sleep 0.1
    done
}
