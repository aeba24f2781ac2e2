# Snapshots. A partial result never has the final name.

# A container of ours that a killed ctr may have left.
rb_clear_container() { # id
    [ -n "$1" ] || return 0
    timeout 10 ctr -n k8s.io tasks rm -f "$1" >/dev/null 2>&1 || :
    timeout 10 ctr -n k8s.io containers rm "$1" >/dev/null 2>&1 || :
}

# Whether an attempt under this number still runs, or has ended well: its partial result is then the one to continue with.
rb_tool_is_ours() {
    [ -n "$rb_run" ] || return 1
    if rb_leftover "$rb_run" && [ "$rb_live_number" = "$rb_number" ]; then return 0; fi
    rb_before=
    if [ -s "$rb_run/program-$rb_number.status" ]; then read -r rb_before <"$rb_run/program-$rb_number.status"; fi
    [ "$rb_before" = 0 ]
}

rb_run_tool() { # container seconds program...
    rb_container=$1
    rb_limit=$2
    shift 2
    if ! rb_tool_is_ours; then
        rm -f -- "$rb_run/program-$rb_number.status"
        rb_clear_container "$rb_container"
    fi
    # etcdctl up to 3.3 speaks the old API unless told; the others do not mind.
    ETCDCTL_API=3
    export ETCDCTL_API
    rb_detached "$rb_limit" '' "$@"
    [ "$rb_code" = 0 ] || rb_clear_container "$rb_container"
    rb_outcome "$rb_code" "$rb_limit" "$1"
}

rb_aside() { # path
    if rb_there "$1"; then rb_rename "$1" "$1.$rb_number.$rb_uptime"; fi
}

rb_restore_data() { # snapshot data-dir wal-dir token mode owner container seconds program...
    rb_snapshot=$1
    rb_data=$2
    rb_wal=$3
    rb_token=$4
    rb_mode=$5
    rb_owner=$6
    shift 6
    rb_now
    rb_done=
    if [ -f "$rb_data.restored" ]; then read -r rb_done <"$rb_data.restored"; fi
    if rb_there "$rb_data"; then
        if [ "$rb_done" = "$rb_token" ]; then rb_already; fi
        rb_refuse "$rb_data is there already, and this run did not make it"
    fi
    if [ "$rb_done" != "$rb_token" ] || ! rb_there "$rb_data.part"; then
        [ -f "$rb_snapshot" ] || rb_refuse "$rb_snapshot is not there"
        rb_parent "$rb_data"
        [ -d "$rb_folder" ] || rb_refuse "the folder $rb_folder is not there"
        if [ -n "$rb_wal" ] && rb_there "$rb_wal"; then
            # Beside a partial result it is of the same broken attempt; else it may still be needed.
            rb_there "$rb_data.part" || rb_refuse "$rb_wal is there already"
            rb_tool_is_ours || rb_aside "$rb_wal"
        fi
        rb_tool_is_ours || rb_aside "$rb_data.part"
        rb_run_tool "$@"
        for rb_tree in "$rb_data.part" ${rb_wal:+"$rb_wal"}; do
            chown -R -h -- "$rb_owner" "$rb_tree"
            chmod -- "$rb_mode" "$rb_tree"
            sync -f "$rb_tree"
        done
        printf '%s\n' "$rb_token" >"$rb_data.restored"
        sync "$rb_data.restored"
    fi
    rb_rename "$rb_data.part" "$rb_data"
    rb_parent "$rb_data"
    sync "$rb_folder"
}

# A snapshot ends with the SHA-256 of everything before it.
rb_snapshot_whole() { # path
    rb_size=$(stat -c %s -- "$1") || return 1
    [ $((rb_size % 512)) = 32 ] || return 1
    rb_trailer=$(tail -c 32 -- "$1" | od -An -v -tx1 | tr -d ' \n')
    rb_sum=$(head -c $((rb_size - 32)) -- "$1" | sha256sum)
    [ "${rb_sum%% *}" = "$rb_trailer" ]
}

rb_save_snapshot() { # path container seconds program...
    rb_target=$1
    shift
    rb_parent "$rb_target"
    [ -d "$rb_folder" ] || rb_refuse "the folder $rb_folder is not there"
    rb_now
    if rb_there "$rb_target"; then
        # Only what this very action saved before, and was then cut off, is its own.
        if rb_tool_is_ours && rb_snapshot_whole "$rb_target"; then rb_already; fi
        rb_refuse "$rb_target is there already, and a snapshot replaces no file"
    fi
    rb_tool_is_ours || rb_aside "$rb_target.part"
    rb_run_tool "$@"
    rb_snapshot_whole "$rb_target.part" || rb_fail "the snapshot is not whole: its trailing SHA-256 does not match"
    sync "$rb_target.part"
    rb_rename "$rb_target.part" "$rb_target"
    rb_parent "$rb_target"
    sync "$rb_folder"
}
