# What both ./waymark and ./test need, and how it is installed. Sourced, not run.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Nothing that builds is left running.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# Where Microsoft's install script puts it for one user.
PATH=$PATH:$HOME/.dotnet

say() { printf '%s\n' "$*" >&2; }

# A command as this person has to type it.
as_root() { if [ "$(id -u)" = 0 ]; then printf '%s' "$1"; else printf 'sudo %s' "$1"; fi; }

need_sdk() {
    if ! { command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.'; }; then
        say "The .NET 10 SDK is missing. This installs it for you alone, into ~/.dotnet:"
        say "    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
        say "Ubuntu has it as a package, too: $(as_root 'apt-get install dotnet-sdk-10.0')"
        return 1
    fi
}

need_node() {
    if ! { command -v node >/dev/null && command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)'; }; then
        say "Node.js 20 or newer, with npm, is missing (found: $(node --version 2>/dev/null || echo none)). It builds the styles and charts:"
        say "    $(as_root 'apt-get install nodejs npm')      on Debian 13, Ubuntu 25.04 and newer"
        say "    brew install node                    on a Mac"
        say "On older systems: https://nodejs.org/en/download"
        return 1
    fi
}
