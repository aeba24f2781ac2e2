# Marks, refusals and programs with a deadline. The shell's own standard input is descriptor 3, marks go to 4.

# A line that only this shell can print: the nonce came in over standard input and is in no environment.
rb_mark() {
    printf '\n%s %s\n' "$rb_nonce" "$*" >&4
}

# A sentence to be shown, whatever bytes are in it, then the mark that says what it is.
rb_say() {
    rb_mark text
    rb_word=$1
    shift
    printf '%s' "$*" >&4
    rb_mark "$rb_word"
}

# What the journal shall say of the action besides that it was begun; in place, so that a full disk does not matter.
rb_judge() { # begun | already | refused
    if [ -z "$rb_run" ] || [ "$rb_number" = - ]; then return 0; fi
    printf '%-80s\n' "$rb_number $1" 1<>"$rb_run/verdict"
}

# The node is as it was: what was asked for does not fit what is there.
rb_refuse() {
    rb_judge refused
    rb_say refused "$*"
    exit 1
}

# Nothing was touched, whatever state the node is in: it is not ours to act on it now.
rb_bar() {
    rb_say barred "$*"
    exit 1
}

# The lock of this node is not this controller's any more: it stops altogether.
rb_fenced() {
    rb_say fenced "$*"
    exit 1
}

# It was tried, and part of it may be there.
rb_fail() {
    rb_say failed "$*"
    exit 1
}

rb_already() {
    rb_judge already
    rb_mark already
    exit 0
}

# Present, a dangling link included.
rb_there() {
    [ -e "$1" ] || [ -L "$1" ]
}

rb_parent() {
    rb_folder=${1%/*}
    rb_folder=${rb_folder:-/}
}

# Whole seconds since boot, without a process of its own and without the jumps of the wall clock.
rb_now() {
    read -r rb_uptime _ </proc/uptime
    rb_uptime=${rb_uptime%%.*}
}

rb_has() {
    command -v "$1" >/dev/null 2>&1
}

# When a process started, so that its number used again is not taken for it.
rb_birth() {
    rb_born=
    { read -r rb_stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    rb_stat=${rb_stat##*) }
    # shellcheck disable=SC2086 # split into fields on purpose
    set -- $rb_stat
    rb_born=${20}
}

# Overwritten in place, without truncation, so that a full disk does not matter.
rb_remember() {
    [ -n "$rb_run" ] || return 0
    rb_birth "$1" || return 0
    printf '%-80s\n' "$rb_number $1 $rb_born" 1<>"$rb_run/running"
    # A cancel that came just before found nothing to end.
    if rb_cancelled; then kill -TERM "$1" || :; fi
}

rb_forget() {
    [ -n "$rb_run" ] || return 0
    printf '%-80s\n' '- - -' 1<>"$rb_run/running"
}

# Whether something that an action began still runs: sets rb_live and rb_live_number.
rb_leftover() {
    rb_live=
    rb_live_number=
    { read -r rb_live_number rb_pid rb_when <"$1/running"; } 2>/dev/null || return 1
    [ "$rb_pid" != - ] && rb_birth "$rb_pid" && [ "$rb_born" = "$rb_when" ] || return 1
    rb_live=$rb_pid
}

# Ends what an earlier shell left behind; timeout passes the signal on to its whole group.
rb_end_leftover() {
    rb_leftover "$1" || return 0
    kill -TERM "$rb_live" 2>/dev/null || :
    rb_now
    rb_limit=$((rb_uptime + 8))
    while rb_leftover "$1"; do
        rb_tell "what an earlier attempt left running is ended"
        rb_now
        [ "$rb_uptime" -lt "$rb_limit" ] || {
            kill -KILL "-$rb_live" 2>/dev/null || kill -KILL "$rb_live" || :
            return 0
        }
        sleep 0.1
    done
}

# Between two looks of a wait, which calls rb_begin_pauses first. Looks cost a node processor time that it may need for
# what is waited for: so they are rarer after the first two seconds, and rare after 20 s, and the pause is at least twice
# as long as the look before it took.
rb_pause() {
    rb_pauses=$((rb_pauses + 1))
    if [ "$rb_pauses" -le 20 ]; then rb_rest=10; elif [ "$rb_pauses" -le 80 ]; then rb_rest=30; else rb_rest=100; fi
    rb_look=$rb_looked
    rb_hundredths
    rb_look=$(((rb_looked - rb_look) * 2))
    [ "$rb_look" -le "$rb_rest" ] || rb_rest=$rb_look
    [ "$rb_rest" -le 100 ] || rb_rest=100
    sleep "$((rb_rest / 100)).$((rb_rest % 100 / 10))$((rb_rest % 10))"
    rb_hundredths
}

rb_begin_pauses() {
    rb_pauses=0
    rb_hundredths
}

# Sets rb_looked: since boot, in hundredths of a second.
rb_hundredths() {
    read -r rb_looked _ </proc/uptime
    rb_looked=${rb_looked%%.*}${rb_looked#*.}
}

# What a wait has found so far, for whoever watches: what is new, every two seconds at first, and rarer in a long wait, so
# that a pipe which is not read never fills. It is no part of the wait: one whose connection is lost continues.
rb_tell() { # text...
    [ "$*" != "${rb_told:-}" ] || return 0
    rb_now
    [ "$rb_uptime" -ge "${rb_next_tell:-0}" ] || return 0
    [ -n "${rb_told:-}" ] || rb_first_tell=$rb_uptime
    rb_told=$*
    rb_next_tell=$((rb_uptime + 2))
    [ $((rb_uptime - rb_first_tell)) -lt 60 ] || rb_next_tell=$((rb_uptime + 10))
    [ $((rb_uptime - rb_first_tell)) -lt 600 ] || rb_next_tell=$((rb_uptime + 60))
    (
        trap '' PIPE
        rb_mark text
        printf '%.300s' "$rb_told" >&4
        rb_mark waiting
    ) 2>/dev/null || :
}

# The same of what begins now.
rb_tell_begun() { # text...
    rb_next_tell=0
    rb_tell "$@"
}

# Runs a program of the node with a deadline on the node itself; it can be ended from another shell meanwhile.
rb_bounded() { # seconds program...
    rb_limit=$1
    shift
    timeout -k 5 "$rb_limit" "$@" </dev/null 3<&- 4>&- 9>&- &
    rb_remember $!
    rb_code=0
    wait $! || rb_code=$?
    rb_forget
    rb_outcome "$rb_code" "$rb_limit" "$1"
}

rb_outcome() { # code seconds program
    case $1 in
        0) return 0 ;;
        124 | 137) rb_fail "$3 did not end within $2 s" ;;
        125 | 126 | 127) rb_fail "$3 cannot be run (is it installed?)" ;;
    esac
    if rb_cancelled; then rb_fail "cancelled while $3 ran"; fi
    rb_mark text
    printf '%s' "$3" >&4
    rb_mark program "$1"
    exit 1
}
