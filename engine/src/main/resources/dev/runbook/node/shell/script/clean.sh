# The retained artifacts of a finished run on this node: their size, what still uses them, and their removal.

# Sets rb_user to a file that names the folder, or to a process that has something in it open.
rb_needed() { # run folder
    rb_user=
    for rb_place in /etc/kubernetes /etc/systemd/system /etc/default /etc/etcd /etc/etcd.conf /etc/etcd.conf.yml; do
        rb_there "$rb_place" || continue
        # The run's own retained artifacts name the folder too, and are removed with it.
        rb_user=$(grep -rlF -- "$2" "$rb_place" 2>/dev/null | grep -vF "/.runbook-$1/" | head -n 1) || rb_user=
        [ -z "$rb_user" ] || return 0
    done
    rb_user=$(find /proc/[0-9]*/fd -lname "$2/*" 2>/dev/null | head -n 1) || rb_user=
    [ -z "$rb_user" ] || rb_user="process $(printf '%s' "$rb_user" | cut -d / -f 3)"
    [ -n "$rb_user" ]
}

# Only what carries the run's name in its own, and no link to elsewhere.
rb_is_kept_by() { # run folder
    case ${2##*/} in
        "runbook-$1" | ".runbook-$1" | *".runbook-$1") ;;
        *) rb_refuse "$2 is no folder of run $1" ;;
    esac
    [ -d "$2" ] && [ ! -L "$2" ]
}

rb_weigh() { # folder: leaves bytes in rb_bytes
    rb_bytes=$(du -sx -B1 -- "$1" 2>/dev/null | cut -f 1)
    rb_bytes=${rb_bytes:-0}
}

rb_remains() { # run folder...
    rb_told=$1
    shift
    for rb_each in "$@"; do
        rb_is_kept_by "$rb_told" "$rb_each" || continue
        rb_weigh "$rb_each"
        rb_needed "$rb_told" "$rb_each" || :
        printf '%s\t%s\t%s\n' "$rb_bytes" "$rb_each" "$rb_user"
    done
    if [ -d "$rb_root/runs/$rb_told" ]; then
        rb_weigh "$rb_root/runs/$rb_told"
        printf '%s\t%s\t%s\n' "$rb_bytes" "$rb_root/runs/$rb_told" ''
    fi
}

rb_clean() { # run folder...
    rb_told=$1
    shift
    if [ -e "$rb_root/lock/owner" ]; then
        rb_read_holder
        [ "$rb_holder" != "$rb_told" ] || rb_refuse "run $rb_told still holds the lock of this node"
    fi
    rb_all=yes
    for rb_each in "$@"; do
        rb_is_kept_by "$rb_told" "$rb_each" || continue
        if rb_needed "$rb_told" "$rb_each"; then
            rb_all=
            continue
        fi
        rm -rf --one-file-system -- "$rb_each"
        rb_parent "$rb_each"
        sync "$rb_folder"
    done
    # The node's own record of the run goes last: until then a clean that was broken off can be done again.
    if [ -n "$rb_all" ] && [ -d "$rb_root/runs/$rb_told" ]; then
        rm -rf --one-file-system -- "$rb_root/runs/$rb_told"
        sync "$rb_root/runs"
    fi
    rb_remains "$rb_told" "$@"
}
