"""Text without meaning, in Latin."""
from faker.locales.latin import WORDS
from faker.providers.base import BaseProvider

_SHORT_TEXT, _MEDIUM_TEXT = 25, 100


class Provider(BaseProvider):
    def get_words_list(self, part_of_speech=None, ext_word_list=None) -> list:
        return list(ext_word_list or WORDS)

    def word(self, part_of_speech=None, ext_word_list=None) -> str:
        return self.words(1, ext_word_list)[0]

    def words(self, nb=3, ext_word_list=None, part_of_speech=None, unique=False) -> list:
        known = self.get_words_list(ext_word_list=ext_word_list)
        return self.random.sample(known, nb) if unique else self.random.choices(known, k=nb)

    def sentence(self, nb_words=6, variable_nb_words=True, ext_word_list=None) -> str:
        """A sentence of about `nb_words` words, or of exactly so many."""
        if nb_words <= 0:
            return ""
        count = self.generator.randomize_nb_elements(nb_words, min=1) if variable_nb_words else nb_words
        words = self.words(count, ext_word_list)
        words[0] = words[0].title()
        return f"{' '.join(words)}."

    def sentences(self, nb=3, ext_word_list=None) -> list:
        return [self.sentence(ext_word_list=ext_word_list) for _ in range(nb)]

    def paragraph(self, nb_sentences=3, variable_nb_sentences=True, ext_word_list=None) -> str:
        if nb_sentences <= 0:
            return ""
        count = self.generator.randomize_nb_elements(nb_sentences, min=1) if variable_nb_sentences else nb_sentences
        return " ".join(self.sentences(count, ext_word_list))

    def paragraphs(self, nb=3, ext_word_list=None) -> list:
        return [self.paragraph(ext_word_list=ext_word_list) for _ in range(nb)]

    def text(self, max_nb_chars=200, ext_word_list=None) -> str:
        """At most `max_nb_chars` characters: words, sentences or paragraphs."""
        if max_nb_chars < 5:
            raise ValueError("text() can only generate text of at least 5 characters")
        if max_nb_chars < _SHORT_TEXT:
            make, joint = self.word, " "
        elif max_nb_chars < _MEDIUM_TEXT:
            make, joint = self.sentence, " "
        else:
            make, joint = self.paragraph, "\n"
        text = ""
        while True:
            longer = f"{text}{joint if text else ''}{make(ext_word_list=ext_word_list)}"
            if len(longer) >= max_nb_chars:
                break
            text = longer
        return self._closed(text or self.word(ext_word_list=ext_word_list)[: max_nb_chars - 1])

    def texts(self, nb_texts=3, max_nb_chars=200, ext_word_list=None) -> list:
        return [self.text(max_nb_chars, ext_word_list) for _ in range(nb_texts)]

    def _closed(self, text):
        return text if text.endswith(".") else f"{text[0].upper()}{text[1:]}."
