#!/bin/sh
# Installs the named Debian packages that are missing when run as root on Debian; else prints the command and goes on.
missing=""
for package in "$@"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Cài gói hệ thống:$missing"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null \
        && exit 0
fi
echo "Bỏ qua các kiểm thử cần:$missing"
echo "  Cài bằng lệnh: apt-get install -y --no-install-recommends$missing"
exit 0
