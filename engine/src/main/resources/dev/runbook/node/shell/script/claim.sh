# Who has this node. The lock is a folder with its owner's name in it, put in place by one rename.

rb_read_holder() { # [file]
    {
        read -r rb_holder
        read -r rb_holder_epoch
        read -r rb_holder_owner
        read -r rb_holder_since
    } <"${1:-$rb_root/lock/owner}"
}

rb_write_holder() { # file run epoch owner since
    printf '%s\n' "$2" "$3" "$4" "$5" >"$1"
    sync "$1"
}

# Which process on this node works for the owner: it ends with the connection.
rb_write_shell() { # folder
    if rb_birth $$; then printf '%s\n' "$$ $rb_born" >"$1/shell"; fi
    rb_boot
    printf '%s\n' "$rb_booted" >"$1/boot"
}

# Another one after every start of the host; a container has the kernel of its host, but a first process of its own.
rb_boot() {
    rb_booted=
    { read -r rb_booted </proc/sys/kernel/random/boot_id; } 2>/dev/null || :
    if rb_birth 1; then rb_booted="$rb_booted $rb_born"; fi
}

# Everything that a full disk must not refuse later is made and allocated now.
rb_make_run() { # run
    rb_run=$rb_root/runs/$1
    mkdir -p -- "$rb_run"
    if [ ! -e "$rb_run/journal" ]; then
        dd if=/dev/zero of="$rb_run/journal.new" bs=256 count="$rb_records" conv=fsync status=none
        printf '%-80s\n' '- - -' >"$rb_run/running"
        printf '%-80s\n' - >"$rb_run/session"
        printf '%-80s\n' '- -' >"$rb_run/verdict"
        : >"$rb_run/inflight"
        mv -T -- "$rb_run/journal.new" "$rb_run/journal"
        sync "$rb_run" "$rb_root/runs" "$rb_root"
    fi
}

rb_held() {
    rb_mark text
    printf '%s\n' "$rb_holder" "$rb_holder_epoch" "$rb_holder_owner" "$rb_holder_since" >&4
    rb_mark held
    exit 0
}

rb_claim() { # run epoch owner since
    mkdir -p -- "$rb_root"
    exec 8<"$rb_root"
    flock -w 10 8 || rb_refuse "another claim on this node does not end"
    if [ ! -e "$rb_root/lock/owner" ]; then
        rb_make_run "$1"
        rm -rf -- "$rb_root/lock.new"
        mkdir -- "$rb_root/lock.new"
        rb_write_holder "$rb_root/lock.new/owner" "$@"
        rb_write_shell "$rb_root/lock.new"
        mv -T -- "$rb_root/lock.new" "$rb_root/lock"
        sync "$rb_root"
        return 0
    fi
    rb_read_holder
    [ "$rb_holder" = "$1" ] || rb_held
    if [ "$rb_holder_epoch" = "$2" ]; then
        [ "$rb_holder_owner" = "$3" ] || rb_held
        rb_write_shell "$rb_root/lock"
        return 0
    fi
    [ "$rb_holder_epoch" -lt "$2" ] || rb_held
    rb_write_holder "$rb_root/lock/owner.new" "$@"
    mv -T -- "$rb_root/lock/owner.new" "$rb_root/lock/owner"
    rb_write_shell "$rb_root/lock"
    sync "$rb_root/lock"
    # The older controller's shell stops at its next action or look; only then is the node ours.
    rb_run=$rb_root/runs/$1
    printf '%-80s\n' - 1<>"$rb_run/session"
    rb_end_leftover "$rb_run"
    flock -w 20 "$rb_run/inflight" true || rb_refuse "an action of epoch $rb_holder_epoch has not ended on this node"
}

# The old lock is moved into the run's folder: one rename, and it still tells who had it.
rb_release() { # run epoch
    exec 8<"$rb_root" || return 0
    flock -w 10 8 || rb_refuse "another claim on this node does not end"
    [ -e "$rb_root/lock/owner" ] || return 0
    rb_read_holder
    [ "$rb_holder $rb_holder_epoch" = "$1 $2" ] || return 0
    rm -rf -- "$rb_root/runs/$1/released"
    mv -T -- "$rb_root/lock" "$rb_root/runs/$1/released"
    sync "$rb_root"
}

rb_note() { # line
    rb_fence
    rb_append "note $1"
}

# Keeps a text beside the journal, whole or not at all; readable by root alone, as all that this shell makes.
rb_keep() { # run epoch name text
    rb_run_id=$1
    rb_epoch=$2
    rb_require_lock
    printf '%s' "$4" >"$rb_root/runs/$1/$3.new"
    sync "$rb_root/runs/$1/$3.new"
    mv -T -- "$rb_root/runs/$1/$3.new" "$rb_root/runs/$1/$3"
    sync "$rb_root/runs/$1"
}

# Called through another shell while a batch runs.
rb_cancel() { # run batch
    rb_run=$rb_root/runs/$1
    [ -d "$rb_run" ] || return 0
    printf '%s\n' "$2" >"$rb_run/cancel.new"
    mv -T -- "$rb_run/cancel.new" "$rb_run/cancel"
    if rb_leftover "$rb_run"; then kill -TERM "$rb_live"; fi
}
