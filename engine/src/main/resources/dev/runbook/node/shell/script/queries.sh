# Questions. They print the answer's bytes; "missing" and "refused" are marks of their own.

rb_missing() {
    rb_mark missing
    exit 0
}

# Answers that need no process: on a busy node a fork costs more than the question. Status 1 for all others.
rb_answer_at_once() { # function argument...
    case $1 in
        rb_stat) if rb_there "$2"; then return 1; fi ;;
        rb_read_text) if [ -e "$2" ]; then return 1; fi ;;
        rb_find_tool)
            if rb_locate "$2"; then
                [ $# = 2 ] || return 1
                printf '%s\000' "$rb_where"
                return 0
            fi
            ;;
        rb_tell_lack)
            [ "$2" = image ] && rb_is_known_image "$3"
            return
            ;;
        *) return 1 ;;
    esac
    rb_mark missing
}

# Whether the runtime lists an image by this very name; one list for all of them, since each costs what the runtime costs.
rb_is_known_image() { # name
    rb_now
    if [ "$rb_uptime" -gt "${rb_images_until:-0}" ]; then
        rb_images=" $(rb_list_images 2>/dev/null) " || :
        rb_now
        rb_images_until=$((rb_uptime + 2))
    fi
    case $rb_images in *" $1 "*) return 0 ;; esac
    return 1
}

rb_list_images() {
    rb_runtime || return 0
    rb_list=
    if [ "$rb_client" = crictl ]; then
        rb_list=$(timeout 15 crictl images) || rb_list=
    fi
    if [ -n "$rb_list" ]; then
        printf '%s\n' "$rb_list" | while read -r rb_image rb_tag _; do printf '%s:%s ' "$rb_image" "$rb_tag"; done
    elif rb_has ctr; then
        timeout 15 ctr -n k8s.io images ls -q | while read -r rb_image; do printf '%s ' "$rb_image"; done
    fi
}

# Sets rb_where to the path of a program.
rb_locate() { # program
    rb_left=$PATH:
    while [ -n "$rb_left" ]; do
        rb_where=${rb_left%%:*}/$1
        rb_left=${rb_left#*:}
        # A folder that is not absolute would be another one in another place.
        case $rb_where in /*/*) if [ -f "$rb_where" ] && [ -x "$rb_where" ]; then return 0; fi ;; esac
    done
    return 1
}

rb_who_am_i() {
    id -un
    printf '%s\n' "$rb_uid"
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
    rb_locate "$1" || rb_missing
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
