"""Stand-ins: texts are read alike without RapidFuzz and PyStemmer."""

from __future__ import annotations

import subprocess
import sys

import Stemmer
from snowballstemmer.english_stemmer import EnglishStemmer

import minsight
import read_gold
from minsight.intake.text import words
from places import ROOT


def test_every_word_of_the_vocabulary_has_the_same_stem(rules: minsight.Rules) -> None:
    told = {
        word
        for phrase in rules.vocabulary.phrases
        for word in words.in_single_words(phrase.words).split()
    }
    every = sorted(told)
    assert len(every) > 5_000
    ours, theirs = EnglishStemmer(), Stemmer.Stemmer("english")
    assert ours.stemWords(every) == theirs.stemWords(every)


def test_the_gold_file_is_read_alike_without_either() -> None:
    """In a process of its own, in which both cannot be imported."""
    script = ROOT / "tests" / "support" / "read_gold.py"
    done = subprocess.run(
        (sys.executable, script, "--plain"), capture_output=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr.decode()
    read = done.stdout.decode().split("\n")
    assert len(read) > 500
    assert read == read_gold.lines()
