# Sent once, after the functions and the settings.
rb_run=
rb_number=-
rb_uid=$(id -u)
rb_records=1024
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin
export PATH
rb_no_copy=
# From coreutils 9.5 on; before that only the check of the mounts stands between a move and a copy.
if mv --no-copy --version >/dev/null 2>&1; then rb_no_copy=--no-copy; fi
rb_mark prepared
