"""Counts the tests in Surefire's reports, tells each skipped one and why, and fails if any failed or none ran."""

import sys
import xml.etree.ElementTree as tree

name, paths = sys.argv[1], sys.argv[2:]
ran = failed = skipped = 0
for path in paths:
    suite = tree.parse(path).getroot()
    ran += int(suite.get("tests"))
    failed += int(suite.get("failures")) + int(suite.get("errors"))
    skipped += int(suite.get("skipped"))
    for case in suite.iter("testcase"):
        for skip in case.iter("skipped"):
            why = skip.get("message") or (skip.text or "").strip().split("Assumption failed: ")[-1]
            print("skipped:", case.get("classname"), case.get("name"), "-", why)
print(name)
print(f"{ran - failed - skipped} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or ran == skipped else 0)
