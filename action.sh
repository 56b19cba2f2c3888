#!/usr/bin/env bash
# The steps of action.yml: `action.sh install`, `action.sh lint` and `action.sh check`.
# Inputs arrive as environment variables and never become part of the script.
# Without `set -u`: before version 4.4, bash takes an empty array for an unset variable.
set -eo pipefail

install() {
    local python=python3 scripts="$RUNNER_TEMP/outage/bin"
    if ! command -v python3 > /dev/null; then python=python; fi
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        echo "::error title=outage is not installed::It needs Python 3.11 or newer: put actions/setup-python before it."
        exit 1
    fi
    "$python" -m venv "$RUNNER_TEMP/outage"
    if [ -d "$RUNNER_TEMP/outage/Scripts" ]; then scripts="$RUNNER_TEMP/outage/Scripts"; fi
    "$scripts/python" -m pip install --quiet "$GITHUB_ACTION_PATH"
    echo "$scripts" >> "$GITHUB_PATH"
}

lint() {
    local notes="$RUNNER_TEMP/outage-lint.txt"
    local options=(-f text -o - -f github -o "$notes")
    if [ "$STRICT" = true ]; then options+=(--strict); fi
    if [ -n "$SARIF" ]; then options+=(-f sarif -o "$SARIF"); fi
    run lint "$notes" "${options[@]}"
    finish 1 3
}

check() {
    local notes="$RUNNER_TEMP/outage-check.txt" report="$RUNNER_TEMP/outage-report.md" line
    local options=(-f text -o - -f github -o "$notes" -f markdown -o "$report")
    while IFS= read -r line; do
        if [ -n "$line" ]; then options+=(--fail-if "$line"); fi
    done <<< "$FAIL_IF"
    if [ -n "$WINDOW" ]; then options+=(--window "$WINDOW"); fi
    if [ -n "$JUNIT" ]; then options+=(-f junit -o "$JUNIT"); fi
    rm -f "$report"
    run check "$notes" "${options[@]}"
    if [ "$SUMMARY" = true ] && [ -f "$report" ]; then
        if [ "$(wc -c < "$report")" -gt 1000000 ]; then # GitHub rejects a summary above a megabyte
            echo 'The report has more than a megabyte: too much for a summary.' > "$report"
        fi
        cat "$report" >> "$GITHUB_STEP_SUMMARY"
    fi
    finish 1 4
}

# run COMMAND NOTES OPTION...: run `outage COMMAND` on the files, then print the annotations it
# wrote to NOTES. Sets `code`. Between `stop-commands` and its token the runner takes no line of the
# log for a command, so that no timeline can give it one.
run() {
    local command="$1" notes="$2" paths=() line token
    shift 2
    while IFS= read -r line; do if [ -n "$line" ]; then paths+=("$line"); fi; done <<< "$FILES"
    rm -f "$notes"
    token="$(python -c 'import secrets; print(secrets.token_hex(16))')"
    code=0
    echo "::stop-commands::$token"
    outage "$command" "$@" -- "${paths[@]}" 2>&1 || code=$?
    echo
    echo "::$token::"
    if [ -f "$notes" ]; then cat "$notes"; fi
}

# finish CODE...: exit with `code`, after it became an output. With `exit-zero` the codes named here pass.
finish() {
    echo "code=$code" >> "$GITHUB_OUTPUT"
    if [ "$EXIT_ZERO" = true ] && { [ "$code" = "$1" ] || [ "$code" = "$2" ]; }; then code=0; fi
    exit "$code"
}

case "$1" in
    install | lint | check) "$1" ;;
    *) echo "usage: action.sh install|lint|check" >&2; exit 2 ;;
esac
