# systemd units.

# After a start of the machine sshd may answer before systemd does.
rb_await_systemd() {
    rb_tries=100
    until systemctl show --property=Version >/dev/null 2>&1 || [ "$rb_tries" = 0 ]; do
        rb_tries=$((rb_tries - 1))
        rb_tell "systemd does not answer yet"
        sleep 0.2
    done
}

rb_unit_state() {
    rb_state=$(systemctl is-active -- "$1" 2>/dev/null) || :
}

rb_start_unit() { # unit seconds
    rb_await_systemd
    rb_unit_state "$1"
    case $rb_state in active | activating | reloading) rb_already ;; esac
    rb_bounded "$2" systemctl start --no-block -- "$1"
}

rb_stop_unit() { # unit seconds
    rb_await_systemd
    rb_unit_state "$1"
    case $rb_state in inactive | failed | unknown) rb_already ;; esac
    rb_bounded "$2" systemctl stop -- "$1"
}

rb_restart_unit() { # unit seconds
    rb_await_systemd
    rb_bounded "$2" systemctl restart -- "$1"
}

rb_reload_units() { # seconds
    rb_await_systemd
    rb_bounded "$1" systemctl daemon-reload
}
