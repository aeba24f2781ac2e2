# Probes: status 0 when it is so; else they print what is there instead.

rb_await() { # seconds probe argument...
    rb_now
    # One more, since whole seconds are compared: a wait is never cut short.
    rb_until=$((rb_uptime + $1 + 1))
    shift
    rb_begin_pauses
    rb_tells=
    until rb_found=$("$@" 2>&1); do
        if rb_must_stop; then
            rb_tells=yes
            rb_found=$("$@" 2>&1) || :
            rb_fail "$rb_why; so far: $rb_found"
        fi
        rb_now
        # What it fails with is told once more, with all that is known, which costs too much for every look.
        [ -z "$rb_tells" ] || rb_fail "$rb_found"
        [ "$rb_uptime" -lt "$rb_until" ] || rb_tells=yes
        rb_tell "$rb_found"
        rb_pause
    done
}

rb_is_present() {
    rb_there "$1" || {
        printf '%s' "it is not there"
        return 1
    }
}

rb_is_absent() {
    if rb_there "$1"; then
        printf '%s' "it is there"
        return 1
    fi
}

rb_is_lock_free() {
    [ -e "$1" ] || return 0
    # Opened here, since flock would make a file that has just gone.
    { flock -n -s 7; } 7<"$1" || {
        printf '%s' "a process holds it"
        return 1
    }
}

rb_is_container_running() {
    rb_find_containers "$1" || return 1
    [ -n "$rb_ids" ] || {
        printf '%s' "no such container runs"
        rb_last_words "$1"
        return 1
    }
}

# What a container said last, where the kubelet keeps it: one that dies at once is seldom seen while it runs.
rb_last_words() { # name
    [ -n "${rb_tells:-}" ] || return 0
    # shellcheck disable=SC2012 # the kubelet names these files, and only ls knows the newest
    rb_log=$(ls -t /var/log/pods/*/"$1"/*.log 2>/dev/null | head -n 1) || return 0
    [ -n "$rb_log" ] || return 0
    rb_words=$(tail -n 1 "$rb_log" 2>/dev/null | cut -c 1-400) || return 0
    printf '; the newest log, %s, ends: %s' "$rb_log" "$rb_words"
}

rb_is_container_gone() {
    rb_find_containers "$1" || return 1
    [ -z "$rb_ids" ] || {
        printf '%s' "container $rb_ids runs; where the kubelet does not end it: $(rb_by_hand "$1"), and runbook resume"
        return 1
    }
}

rb_is_unit_active() {
    rb_unit_state "$1"
    [ "$rb_state" = active ] || {
        printf '%s' "the unit is ${rb_state:-unknown}"
        return 1
    }
}

rb_is_unit_inactive() {
    rb_unit_state "$1"
    case $rb_state in inactive | failed | unknown) return 0 ;; esac
    printf '%s' "the unit is ${rb_state:-in no state that systemctl tells}"
    return 1
}

rb_shows_unit() { # unit property text
    # One line for each value; double quotes are systemctl's own.
    rb_shown=$(systemctl show --property="$2" -- "$1" 2>/dev/null | tr -d '"' | tr '\n' ' ') || rb_shown=
    case " ${rb_shown#*=} " in *" $3 "*) return 0 ;; esac
    rb_paths=$(systemctl show --property=DropInPaths -- "$1" 2>/dev/null) || rb_paths=
    printf '%s' "$2 of $1 is another one: a later drop-in overrides it, of ${rb_paths#*=}"
    return 1
}

rb_is_success() {
    rb_code=0
    rb_said=$(timeout 20 "$@" </dev/null 3<&- 4>&- 9>&- 2>&1) || rb_code=$?
    [ "$rb_code" != 0 ] || return 0
    printf '%s' "it ended with status $rb_code: $rb_said"
    return 1
}
