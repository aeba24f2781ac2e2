# Bytes in and out. The bytes themselves go over a connection of their own.

rb_send_begin() { # path sha256
    if rb_there "$1"; then
        if [ -f "$1" ]; then
            rb_digest "$1"
            if [ "$rb_sum" = "$2" ]; then rb_already; fi
        fi
        rb_refuse "$1 is there already, with another content"
    fi
    rb_parent "$1"
    [ -d "$rb_folder" ] || rb_refuse "the folder $rb_folder is not there"
}

rb_receive() { # path size
    dd of="$1.part" bs=262144 count="$2" iflag=count_bytes,fullblock conv=fsync status=none <&3
}

rb_send_end() { # path sha256 mode owner
    rb_tell_begun "the node computes the SHA-256 of what arrived"
    rb_digest "$1.part"
    [ "$rb_sum" = "$2" ] || rb_fail "$1 did not arrive whole: its SHA-256 is $rb_sum, not $2"
    chown "$4" "$1.part"
    chmod "$3" "$1.part"
    rb_rename "$1.part" "$1"
    rb_parent "$1"
    sync "$rb_folder"
}

rb_measure() { # path
    [ -f "$1" ] || rb_refuse "$1 is not there, or is no plain file"
    rb_tell_begun "the node computes its SHA-256"
    rb_digest "$1"
    rb_size=$(stat -L -c %s -- "$1")
    rb_say measured "$rb_sum $rb_size"
}

rb_give() { # path size
    rb_mark data "$2"
    head -c "$2" -- "$1" >&4
}
