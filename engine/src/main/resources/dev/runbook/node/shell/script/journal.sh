# What this node knows of a run, for a controller that was not there. Reads only.

rb_runs() {
    for rb_each in "$rb_root"/runs/*/journal; do
        [ -e "$rb_each" ] || continue
        rb_each=${rb_each%/journal}
        printf '%s\n' "${rb_each##*/}"
    done
}

rb_story() { # run
    if [ -e "$rb_root/lock/owner" ]; then
        rb_read_holder
        printf '%s\n' "holder $rb_holder" "epoch $rb_holder_epoch" "owner $rb_holder_owner" "since $rb_holder_since"
        if rb_connected; then printf '%s\n' 'connected yes'; fi
        if rb_rebooted; then printf '%s\n' 'rebooted yes'; fi
    fi
    rb_told=$rb_root/runs/$1
    [ -e "$rb_told/journal" ] || return 0
    if rb_leftover "$rb_told"; then printf '%s\n' "running $rb_live_number"; fi
    for rb_each in "$rb_told"/program-*.status; do
        [ -s "$rb_each" ] || continue
        read -r rb_code <"$rb_each"
        rb_each=${rb_each##*/program-}
        printf '%s\n' "program ${rb_each%.status} $rb_code"
    done
    tr -d '\000' <"$rb_told/journal" | sed -n 's/ *$//; s/^[0-9]/record &/p'
}

# Whether the shell that took the lock still runs: its owner, or the way to it, may be dead all the same.
rb_connected() {
    { read -r rb_pid rb_when <"$rb_root/lock/shell"; } 2>/dev/null || return 1
    rb_birth "$rb_pid" && [ "$rb_born" = "$rb_when" ]
}

rb_rebooted() {
    rb_boot
    { read -r rb_when <"$rb_root/lock/boot"; } 2>/dev/null || return 1
    [ "$rb_when" != "$rb_booted" ]
}

rb_kept() { # run name
    [ -f "$rb_root/runs/$1/$2" ] || rb_missing
    cat -- "$rb_root/runs/$1/$2"
}
