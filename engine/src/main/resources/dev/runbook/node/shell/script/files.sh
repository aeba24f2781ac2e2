# Files and folders. What is there afterwards is on the disk: the file is synced, then its folder.

rb_digest() {
    rb_sum=$(sha256sum <"$1")
    rb_sum=${rb_sum%% *}
}

# rename(2) fails across mounts, even of one device, and mv would then copy and delete.
rb_same_mount() {
    rb_mount=$(findmnt -n -o TARGET -T "$1") && [ -n "$rb_mount" ] &&
        [ "$rb_mount" = "$(findmnt -n -o TARGET -T "$2")" ]
}

rb_rename() {
    # shellcheck disable=SC2086 # empty where mv does not know --no-copy
    mv $rb_no_copy -T -- "$1" "$2"
}

rb_make_folder() { # path mode uid gid
    if [ -d "$1" ] && [ ! -L "$1" ]; then rb_already; fi
    if rb_there "$1"; then rb_refuse "$1 is there and is no folder"; fi
    rb_parent "$1"
    [ -d "$rb_folder" ] || rb_refuse "the folder $rb_folder is not there"
    install -d -m "$2" -o "$3" -g "$4" -- "$1"
    sync "$rb_folder"
}

rb_remove_empty_folder() { # path
    rb_there "$1" || rb_already
    if [ -L "$1" ] || [ ! -d "$1" ]; then rb_refuse "$1 is no folder"; fi
    rmdir --ignore-fail-on-non-empty -- "$1"
    [ ! -d "$1" ] || rb_already
    rb_parent "$1"
    sync "$rb_folder"
}

rb_move() { # from to
    if ! rb_there "$1"; then
        if rb_there "$2"; then rb_already; fi
        rb_refuse "neither $1 nor $2 is there"
    fi
    if rb_there "$2"; then rb_refuse "both $1 and $2 are there"; fi
    rb_parent "$2"
    [ -d "$rb_folder" ] || rb_refuse "the folder $rb_folder is not there"
    rb_same_mount "$1" "$rb_folder" || rb_refuse "$1 and $rb_folder are on different file systems or mounts"
    rb_rename "$1" "$2"
    rb_target=$rb_folder
    rb_parent "$1"
    sync "$rb_target" "$rb_folder"
}

# Written beside where the old or the unwanted file goes: the kubelet loads whatever lies in its manifest folder.
rb_stage() { # beside content mode owner
    rb_parent "$1"
    [ -d "$rb_folder" ] || rb_refuse "the folder $rb_folder is not there"
    rb_staged=$rb_folder/.runbook-$rb_run_id-$rb_number
    printf '%s' "$2" >"$rb_staged"
    chown "$4" "$rb_staged"
    chmod "$3" "$rb_staged"
    sync "$rb_staged"
}

rb_create_file() { # path content sha256 mode owner aside
    if rb_there "$1"; then
        if [ -f "$1" ] && [ ! -L "$1" ]; then
            rb_digest "$1"
            if [ "$rb_sum" = "$3" ]; then rb_already; fi
        fi
        rb_refuse "$1 is there already, with another content"
    fi
    rb_parent "$1"
    [ -d "$rb_folder" ] || rb_refuse "the folder $rb_folder is not there"
    rb_target=$rb_folder
    rb_parent "$6"
    [ -d "$rb_folder" ] || rb_refuse "the folder $rb_folder is not there"
    rb_same_mount "$rb_target" "$rb_folder" ||
        rb_refuse "$rb_target and $rb_folder are on different file systems or mounts"
    rb_stage "$6" "$2" "$4" "$5"
    rb_rename "$rb_staged" "$1"
    sync "$rb_target"
}

rb_replace_file() { # path content sha256 mode owner expected kept
    if [ ! -f "$1" ] || [ -L "$1" ]; then rb_refuse "$1 is not there, or is no plain file"; fi
    rb_digest "$1"
    # shellcheck disable=SC3013 # -ef is in dash, bash and busybox, and in POSIX since 2024
    if rb_there "$7" && [ ! "$1" -ef "$7" ]; then
        if [ "$rb_sum" = "$3" ]; then rb_already; fi
        rb_refuse "$7 is there already, and $1 is not what was written"
    fi
    [ "$rb_sum" = "$6" ] || rb_refuse "$1 is not the file that the plan was made for: its SHA-256 is $rb_sum, not $6"
    rb_parent "$1"
    rb_target=$rb_folder
    rb_parent "$7"
    [ -d "$rb_folder" ] || rb_refuse "the folder $rb_folder is not there"
    rb_same_mount "$1" "$rb_folder" || rb_refuse "$1 and $rb_folder are on different file systems or mounts"
    rb_there "$7" || ln -T -- "$1" "$7"
    rb_stage "$7" "$2" "$4" "$5"
    if [ -e /sys/fs/selinux/enforce ]; then chcon --reference="$1" -- "$rb_staged"; fi
    sync "$rb_folder"
    rb_rename "$rb_staged" "$1"
    sync "$rb_target"
}

rb_undo_replace_file() { # kept path
    if ! rb_there "$1"; then
        if rb_there "$2"; then rb_already; fi
        rb_refuse "neither $1 nor $2 is there"
    fi
    # shellcheck disable=SC3013 # as above
    if [ "$1" -ef "$2" ]; then
        # The replacement got no further than the link; rename(2) would leave both names.
        rm -- "$1"
    else
        rb_rename "$1" "$2"
    fi
    rb_parent "$2"
    rb_target=$rb_folder
    rb_parent "$1"
    sync "$rb_target" "$rb_folder"
}

rb_place_file() { # staged path kept
    if ! rb_there "$1"; then
        if rb_there "$2"; then rb_already; fi
        rb_refuse "neither $1 nor $2 is there"
    fi
    if [ ! -f "$1" ] || [ -L "$1" ]; then rb_refuse "$1 is no plain file"; fi
    rb_parent "$2"
    [ -d "$rb_folder" ] || rb_refuse "the folder $rb_folder is not there"
    rb_target=$rb_folder
    rb_same_mount "$1" "$rb_target" || rb_refuse "$1 and $rb_target are on different file systems or mounts"
    if rb_there "$2"; then
        if [ ! -f "$2" ] || [ -L "$2" ]; then rb_refuse "$2 is there, and is no plain file"; fi
        # shellcheck disable=SC3013 # as above
        if rb_there "$3" && [ ! "$2" -ef "$3" ]; then rb_refuse "$3 is there already"; fi
        rb_there "$3" || ln -T -- "$2" "$3"
    else
        # Tells an undo that there was nothing before, so that it never takes away what we did not place.
        : >"$3.none"
    fi
    rb_parent "$3"
    sync "$rb_folder"
    rb_rename "$1" "$2"
    sync "$rb_target"
}

rb_undo_place_file() { # path kept staged
    if rb_there "$3"; then
        # shellcheck disable=SC3013 # as above
        if rb_there "$2" && [ "$1" -ef "$2" ]; then rm -- "$2"; fi
        # shellcheck disable=SC3013 # as above; an undo that was broken off left both names
        if ! rb_there "$2" && [ ! "$1" -ef "$3" ]; then rb_already; fi
    else
        if ! rb_there "$2" && ! rb_there "$2.none"; then rb_already; fi
        rb_there "$1" || rb_refuse "neither $1 nor $3 is there"
        ln -T -- "$1" "$3"
    fi
    if rb_there "$2"; then
        rb_rename "$2" "$1"
    else
        rm -- "$1"
    fi
    rb_parent "$1"
    sync "$rb_folder"
}

rb_match_attributes() { # path mode owner label-of
    rb_there "$1" || rb_refuse "$1 is not there"
    chown -R -h -- "$3" "$1"
    chmod -- "$2" "$1"
    if [ -n "$4" ]; then chcon -R --reference="$4" -- "$1"; fi
    sync "$1"
}
