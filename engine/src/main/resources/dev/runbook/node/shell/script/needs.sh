# What components need to start again. Each function sets rb_lack, empty when it is as it must be; nothing is changed.

rb_lacks() { # kind what user
    rb_lack=
    case $1 in
    image) rb_lacks_image "$2" ;;
    *) if [ -e "$2" ]; then rb_lacks_there "$1" "$2" "$3"; else rb_lacks_gone "$1" "$2"; fi ;;
    esac
}

rb_lacks_there() { # kind path user
    case $1 in
    file)
        if [ -d "$2" ]; then
            rb_lack="it is a folder"
        elif [ -f "$2" ] && [ ! -s "$2" ]; then
            rb_lack="it is empty"
        fi
        ;;
    plain-file | file-or-nothing) [ -f "$2" ] || rb_lack="it is no file" ;;
    folder | folder-or-nothing) [ -d "$2" ] || rb_lack="it is no folder" ;;
    socket) [ -S "$2" ] || rb_lack="it is no socket" ;;
    character-device) [ -c "$2" ] || rb_lack="it is no character device" ;;
    block-device) [ -b "$2" ] || rb_lack="it is no block device" ;;
    program) { [ -f "$2" ] && [ -x "$2" ]; } || rb_lack="it cannot be executed" ;;
    esac
    if [ -z "$rb_lack" ] && [ -n "$3" ]; then
        rb_reads "$3" "$2" || rb_lack="user $3 cannot read it"
    fi
}

# What the kubelet makes itself may be missing, but nothing can be made below a dangling link.
rb_lacks_gone() { # kind path
    if [ -L "$2" ]; then
        rb_lack="it is a link to something that is not there"
        return 0
    fi
    case $1 in
    folder-or-nothing) ;;
    file-or-nothing)
        rb_parent "$2"
        [ -d "$rb_folder" ] || rb_lack="neither it nor its folder is there"
        ;;
    *) rb_lack="it is not there" ;;
    esac
}

# Asked of the kernel, so that groups, access lists and every folder on the way count.
rb_reads() { # user path
    [ "$rb_uid" = 0 ] || return 0
    case $1 in root | 0)
        [ -r "$2" ]
        return
        ;;
    esac
    if rb_has setpriv; then
        rb_group=$(id -g -- "$1" 2>/dev/null) || return 1
        setpriv --reuid "$1" --regid "$rb_group" --init-groups -- test -r "$2" </dev/null 2>/dev/null
    elif rb_has runuser; then
        runuser -u "$1" -- test -r "$2" </dev/null 2>/dev/null
    fi
}

# A runtime that does not answer is another problem: then nothing is known of its images.
rb_lacks_image() { # name
    rb_runtime || return 0
    if [ "$rb_client" = crictl ]; then
        if rb_list=$(timeout 15 crictl images -q "$1" 2>/dev/null); then
            [ -n "$rb_list" ] || rb_lack="the container runtime does not have it"
            return 0
        fi
        rb_has ctr || return 0
    fi
    rb_list=$(timeout 15 ctr -n k8s.io images ls -q 2>/dev/null) || return 0
    # A name with tag and digest is kept under its digest alone.
    rb_wanted=${1%@*}
    case $1 in
    *@*)
        case ${rb_wanted##*/} in *:*) rb_wanted=${rb_wanted%:*} ;; esac
        rb_wanted=$rb_wanted@${1#*@}
        ;;
    esac
    for rb_image in $rb_list; do
        case $rb_image in
        "$1" | "$rb_wanted" | "docker.io/$1" | "docker.io/library/$1") return 0 ;;
        esac
    done
    rb_lack="the container runtime does not have it"
}

rb_tell_lack() { # kind what user
    rb_lacks "$1" "$2" "$3"
    printf '%s' "$rb_lack"
}

rb_is_startable() { # (kind what user)...
    while [ $# -gt 0 ]; do
        rb_lacks "$1" "$2" "$3"
        [ -z "$rb_lack" ] || {
            printf '%s: %s' "$2" "$rb_lack"
            return 1
        }
        shift 3
    done
}
