"""Whether the lock files still answer what pyproject.toml asks for. Exit 0 when they do, 1 with a list when not."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")


def locked_versions(lock: Path) -> dict[str, str]:
    """Package name to version, as pinned in a lock file."""
    pins = (PINNED.match(line) for line in lock.read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}


def complaints(wanted: list[str], lock: Path) -> list[str]:
    """What a lock file lacks, or pins to a version that is not wanted, and whether it names a package index."""
    locked = locked_versions(lock)
    found = []
    for requirement in map(Requirement, wanted):
        version = locked.get(canonicalize_name(requirement.name))
        if version is None:
            found.append(f"{lock.name}: {requirement.name} is not locked")
        elif version not in requirement.specifier:
            found.append(f"{lock.name}: {requirement.name} is locked at {version}, wanted is {requirement.specifier}")
    if "://" in lock.read_text(encoding="utf-8"):
        found.append(f"{lock.name}: names an address; a lock file holds names, versions and hashes only")
    return found


def main() -> int:
    """Check both lock files against pyproject.toml, and against each other."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, build = pyproject["project"], pyproject["build-system"]["requires"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["build"], *build]
    own = [text for text in extras["dev"] if Requirement(text).name != project["name"]]
    full, small = ROOT / "requirements.lock", ROOT / "requirements-run.lock"
    found = [*complaints(wanted, small), *complaints([*wanted, *own], full)]
    everything = locked_versions(full)
    for name, version in locked_versions(small).items():
        if everything.get(name) != version:
            found.append(f"{small.name}: {name} {version} differs from {full.name}: {everything.get(name)}")
    for complaint in found:
        print(complaint, file=sys.stderr)
    if found:
        print("Run `make lock` and commit both lock files.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
