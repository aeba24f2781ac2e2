# Questions. They print the answer's bytes; "missing" and "refused" are marks of their own.

rb_missing() {
    rb_mark missing
    exit 0
}

rb_who_am_i() {
    id -un
    id -u
    uname -n
    date +%s.%N
}

rb_stat() { # path
    rb_there "$1" || rb_missing
    rb_label=
    if [ -e /sys/fs/selinux/enforce ]; then rb_label=$(stat -c %C -- "$1" 2>/dev/null) || :; fi
    rb_mounted=no
    if [ -d "$1" ] && [ ! -L "$1" ] && mountpoint -q -- "$1"; then rb_mounted=yes; fi
    stat -c "%f %u %g %s %.9Y %d $rb_mounted ${rb_label:-?}" -- "$1"
}

rb_read_text() { # path bytes
    [ -e "$1" ] || rb_missing
    [ ! -d "$1" ] || rb_refuse "$1 is a folder"
    head -c "$2" -- "$1"
}

rb_list_folder() { # path
    [ -d "$1" ] || {
        if rb_there "$1"; then rb_refuse "$1 is no folder"; fi
        rb_missing
    }
    cd -- "$1"
    for rb_name in * .*; do
        case $rb_name in . | ..) continue ;; esac
        if rb_there "./$rb_name"; then printf '%s\000' "$rb_name"; fi
    done
}

rb_free_space() { # path
    rb_near=$1
    while [ ! -e "$rb_near" ]; do
        rb_parent "$rb_near"
        rb_near=$rb_folder
    done
    stat -f -c '%f %S' -- "$rb_near"
}

rb_tree_size() { # path seconds
    rb_there "$1" || rb_missing
    timeout "$2" du -s --block-size=1 -- "$1"
}

rb_file_digest() { # path seconds
    rb_there "$1" || rb_missing
    [ -f "$1" ] || rb_refuse "$1 is no plain file"
    timeout "$2" sha256sum <"$1"
}

rb_unit_properties() { # unit names
    if [ ! -d /run/systemd/system ] || ! rb_has systemctl; then rb_missing; fi
    timeout 10 systemctl show --no-pager --property="$2" -- "$1"
}

rb_find_tool() { # program version-argument...
    rb_where=$(command -v "$1") || rb_missing
    case $rb_where in /*) ;; *) rb_missing ;; esac
    shift
    printf '%s\000' "$rb_where"
    if [ $# -gt 0 ]; then
        timeout 10 "$rb_where" "$@" </dev/null 2>&1 3<&- 4>&- | head -n 1
    fi
}

rb_running_containers() {
    rb_runtime || rb_missing
    if [ "$rb_client" = crictl ]; then
        rb_list=$(timeout 15 crictl ps --state Running -o json) && {
            printf 'crictl\000%s' "$rb_list"
            return 0
        }
        # Not every crictl is whole, and containerd knows the same.
        rb_has ctr || rb_refuse "the container runtime does not answer"
    fi
    rb_running_tasks || rb_refuse "the container runtime does not answer"
    printf 'ctr\000'
    for rb_id in $rb_tasks; do
        timeout 10 ctr -n k8s.io containers info "$rb_id"
        printf '\000'
    done
}
