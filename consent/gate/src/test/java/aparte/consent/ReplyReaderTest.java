package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.tuple;

import aparte.consent.ReplyReading.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
    private static final List<Locale> ENGLISH_ONLY = List.of();
    private static final List<Locale> FRENCH = List.of(Locale.FRENCH);
    private static final List<Locale> SPANISH = List.of(Locale.forLanguageTag("es"));

    private final ReplyReader reader = ReplyReader.create();

    private ReplyReading read(String text) {
        return reader.read(text, ENGLISH_ONLY, false);
    }

    private ReplyReading readFrench(String text) {
        return reader.read(text, FRENCH, false);
    }

    private static ReplyReading optOut(int tier, String rule) {
        return new ReplyReading(Kind.OPT_OUT, tier, rule);
    }

    private static ReplyReading unclear(String rule) {
        return new ReplyReading(Kind.UNCLEAR, 4, rule);
    }

    private static ReplyReading nothing() {
        return new ReplyReading(Kind.NONE, 0, "");
    }

    record Word(String language, String kind, String text, boolean context, boolean sourced) {
        private List<Locale> languages() {
            return List.of(Locale.forLanguageTag(language));
        }
    }

    static List<Word> words() {
        return resourceLines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\|", -1))
                .map(parts ->
                        new Word(parts[0], parts[1], parts[2], parts[3].equals("context"), parts[4].equals("sourced")))
                .toList();
    }

    private static Stream<String> resourceLines() {
        try (InputStream resource = ReplyReader.class.getResourceAsStream("opt-out-words.txt")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Word> keywords() {
        return words().stream().filter(word -> !word.kind().equals("filler"));
    }

    static Stream<Word> optOutWords() {
        return words().stream().filter(word -> word.kind().equals("optOut"));
    }

    @Nested
    class PublicExamples {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                ignoreLeadingAndTrailingWhitespace = false,
                value = {
                    "STOP|OPT_OUT|1",
                    "' stop. '|OPT_OUT|1",
                    "“Unsubscribe”|OPT_OUT|1",
                    "opt-out|OPT_OUT|1",
                    "STOP 36179|OPT_OUT|1",
                    "please stop|OPT_OUT|2",
                    "please stop sending|OPT_OUT|3",
                    "I'll stop by the shop|NONE|0",
                    "the bus stop is closed|NONE|0",
                    "start|OPT_IN|1",
                    "Help!|HELP|1",
                    "can you help me find my parcel|NONE|0",
                })
        void are_read_as_published(String text, Kind kind, int tier) {
            ReplyReading reading = read(text);

            assertThat(reading.kind()).isEqualTo(kind);
            assertThat(reading.tier()).isEqualTo(tier);
        }

        @Test
        void include_a_french_word_with_its_accent() {
            assertThat(readFrench("Arrêt")).isEqualTo(optOut(1, "fr:ARRET"));
        }
    }

    @Nested
    class TheWordList {
        @Test
        void covers_22_languages() {
            assertThat(words())
                    .extracting(Word::language)
                    .doesNotContainNull()
                    .satisfies(languages ->
                            assertThat(languages.stream().distinct()).hasSize(22));
        }

        @Test
        void has_each_word_of_the_reference_but_TD() {
            Map<String, Long> counts = keywords().collect(Collectors.groupingBy(Word::kind, Collectors.counting()));

            assertThat(counts).isEqualTo(Map.of("optOut", 137L, "optIn", 90L, "help", 47L));
        }

        @Test
        void says_which_words_stand_in_a_source() {
            assertThat(keywords().filter(Word::sourced)).hasSize(30);
        }

        @Test
        void marks_each_plain_yes_as_a_matter_of_context() {
            assertThat(keywords().filter(Word::context))
                    .hasSize(23)
                    .allMatch(word -> word.kind().equals("optIn"));
        }

        @Test
        void has_no_two_letters_of_north_american_sms() {
            assertThat(read("TD")).isEqualTo(nothing());
        }

        @ParameterizedTest
        @ValueSource(strings = {"stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"})
        void has_the_definitive_words_in_every_language(String word) {
            assertThat(reader.read(word, List.of(Locale.forLanguageTag("hi")), false))
                    .extracting(ReplyReading::kind, ReplyReading::tier)
                    .containsExactly(Kind.OPT_OUT, 1);
        }
    }

    /** Changes the default locale, and so runs alone. */
    @Nested
    @ResourceLock(Resources.LOCALE)
    class EveryKeyword {
        private static final List<String> DEFAULTS = List.of("en", "tr-TR", "az-AZ", "lt-LT");
        private final Locale before = Locale.getDefault();

        @AfterEach
        void restore_the_locale() {
            Locale.setDefault(before);
        }

        static Stream<Arguments> under_each_default() {
            return DEFAULTS.stream().flatMap(tag -> keywords().map(word -> Arguments.of(tag, word)));
        }

        @ParameterizedTest
        @MethodSource("under_each_default")
        void is_read_in_all_its_spellings_under_every_default_locale(String tag, Word word) {
            Locale.setDefault(Locale.forLanguageTag(tag));

            assertThat(spellings(word.text()))
                    .extracting(spelling -> reader.read(spelling, word.languages(), true))
                    .extracting(ReplyReading::kind, ReplyReading::tier)
                    .containsOnly(tuple(kindOf(word), 1));
        }

        private static Kind kindOf(Word word) {
            return switch (word.kind()) {
                case "optOut" -> Kind.OPT_OUT;
                case "optIn" -> Kind.OPT_IN;
                default -> Kind.HELP;
            };
        }

        private static Stream<String> spellings(String word) {
            Stream<UnaryOperator<String>> changes = Stream.of(
                    text -> text,
                    text -> text.toLowerCase(Locale.ROOT),
                    text -> text.toUpperCase(Locale.ROOT),
                    text -> text + ".",
                    text -> "  «" + text + "» !!!\n",
                    ReplyReaderTest::spaced,
                    ReplyReaderTest::fullWidth,
                    text -> text.replaceAll("(?<=\\p{L})(?=\\p{L})", "\u200B"),
                    text -> "\u200F" + text + "\u200E",
                    text -> text + " \uD83D\uDED1",
                    text -> "\uD83D\uDE4F\uD83C\uDFFD" + text + "\u2764\uFE0F",
                    text -> Normalizer.normalize(text, Normalizer.Form.NFD),
                    text -> "\u00A0" + text + "\u2028");
            return changes.map(change -> change.apply(word));
        }
    }

    private static String spaced(String text) {
        return text.replaceAll("(?<=\\p{L}\\p{M}{0,2})(?=\\p{L})", " ");
    }

    private static String fullWidth(String text) {
        return text.chars()
                .map(c -> c > 0x20 && c < 0x7F ? c + 0xFEE0 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Nested
    class Spelling {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "S T O P",
                    "s.t.o.p",
                    "OPT OUT",
                    "opt_out",
                    "ＳＴＯＰ",
                    "\uD835\uDC12\uD835\uDC13\uD835\uDC0E\uD835\uDC0F",
                    "s\u00ADtop",
                    "\u202Estop",
                    "stóp",
                    "STOP\uFE0F",
                    "S\u20E3T\u20E3O\u20E3P\u20E3",
                    "\uD83D\uDED1 STOP \uD83D\uDED1",
                    "STOP\u0000",
                    "\uD800STOP\uDC00"
                })
        void of_an_opt_out_may_vary(String text) {
            assertThat(read(text))
                    .extracting(ReplyReading::kind, ReplyReading::tier)
                    .containsExactly(Kind.OPT_OUT, 1);
        }

        @Test
        void of_an_information_emoji_is_not_the_letter_i() {
            assertThat(ReplyText.normalise("\u2139\uFE0F stop")).isEqualTo("stop");
        }

        @Test
        void of_a_keycap_is_not_a_digit() {
            assertThat(ReplyText.normalise("1\uFE0F\u20E3 stop")).isEqualTo("stop");
        }

        @Test
        void keeps_the_marks_of_devanagari() {
            assertThat(ReplyText.normalise("रोकें।")).isEqualTo("रोकें");
            assertThat(reader.read("रक", List.of(Locale.forLanguageTag("hi")), false))
                    .isEqualTo(nothing());
        }

        @ParameterizedTest
        @CsvSource({
            "unsubscrıbe, unsubscribe",
            "UNSUBSCRİBE, unsubscribe",
            "τελοσ, τελοσ",
            "Τέλος, τελοσ",
            "أإآٱ, اااا",
            "إلغــاء, الغاء",
            "مساعدة, مساعده",
            "علىَ, علي",
            "שָׁלוֹם, שלום",
            "Straße, strasse",
            "Łódź œuvre, lodz oeuvre",
            "smørbrød æ đ, smorbrod ae d",
            "ёй, еи"
        })
        void folds_letters_of_one_sound(String text, String expected) {
            assertThat(ReplyText.normalise(text)).isEqualTo(expected);
        }

        @Test
        void of_nothing_but_signs_is_empty() {
            assertThat(ReplyText.normalise(" \uD83D\uDC4D!? \u200B\u0301")).isEmpty();
        }
    }

    @Nested
    class Languages {
        @Test
        void are_tried_only_if_named() {
            assertThat(read("BAJA")).isEqualTo(nothing());
            assertThat(reader.read("BAJA", SPANISH, false)).isEqualTo(optOut(1, "es:BAJA"));
        }

        @ParameterizedTest
        @CsvSource({"ALTO, it", "ALTO, pt", "DA, de", "DA, it", "BASTA, es"})
        void keep_their_ordinary_words(String text, String language) {
            assertThat(reader.read(text, List.of(Locale.forLanguageTag(language)), true))
                    .isEqualTo(nothing());
        }

        @ParameterizedTest
        @CsvSource({
            "iw, עצור",
            "he, עצור",
            "in, BERHENTI",
            "id-ID, BERHENTI",
            "nb-NO, AVSLUTT",
            "nn, AVSLUTT",
            "no, AVSLUTT"
        })
        void are_known_by_old_and_regional_codes(String tag, String text) {
            assertThat(reader.read(text, List.of(Locale.forLanguageTag(tag)), false)
                            .kind())
                    .isEqualTo(Kind.OPT_OUT);
        }

        @Test
        void without_a_list_are_passed_over() {
            assertThat(reader.read("stop", List.of(Locale.ROOT, Locale.forLanguageTag("hu")), false))
                    .isEqualTo(optOut(1, "en:STOP"));
        }

        @Test
        void in_conflict_let_the_opt_out_win() {
            ReplyReader conflicting = ReplyReader.builder()
                    .optIn(Locale.FRENCH, "BAJA")
                    .help(Locale.FRENCH, "BAJA")
                    .build();

            assertThat(conflicting.read("baja", List.of(Locale.FRENCH, Locale.forLanguageTag("es")), false))
                    .isEqualTo(optOut(1, "es:BAJA"));
        }
    }

    @Nested
    class OptingIn {
        @ParameterizedTest
        @CsvSource({"YES, en", "y, en", "Oui!, fr", "JA, de", "SI, es", "Sí, it", "да, ru", "हाँ, hi", "نعم, ar"})
        void by_a_plain_yes_needs_a_pending_request(String text, String language) {
            List<Locale> languages = List.of(Locale.forLanguageTag(language));

            assertThat(reader.read(text, languages, false)).isEqualTo(nothing());
            assertThat(reader.read(text, languages, true).kind()).isEqualTo(Kind.OPT_IN);
        }

        @Test
        void by_its_own_word_needs_no_request() {
            assertThat(readFrench("activer")).isEqualTo(new ReplyReading(Kind.OPT_IN, 1, "fr:ACTIVER"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "start please",
                    "yes please",
                    "ok start now",
                    "START\n> old",
                    "I want to subscribe",
                    "oui merci"
                })
        void takes_the_whole_message(String text) {
            assertThat(reader.read(text, FRENCH, true)).isEqualTo(nothing());
        }

        @ParameterizedTest
        @ValueSource(strings = {"start stop", "YES STOP", "stop, start", "help stop", "stop info"})
        void loses_against_an_opt_out_in_the_same_message(String text) {
            assertThat(reader.read(text, ENGLISH_ONLY, true)).isEqualTo(optOut(2, "en:STOP"));
        }
    }

    @Nested
    class AKeywordWithFillers {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "STOP PLEASE|en:STOP",
                    "ok stop it now, thank you|en:STOP",
                    "pls S T O P|en:STOP",
                    "stop stop stop|en:STOP",
                    "just cancel this thx|en:CANCEL",
                    "STOP SMS svp|en:STOP",
                    "Arrêtez les SMS, s'il vous plaît !|fr:ARRETEZ",
                    "stop au 36111 merci|fr:carrier"
                })
        void is_an_opt_out(String text, String rule) {
            assertThat(readFrench(text)).isEqualTo(optOut(2, rule));
        }

        @Test
        void has_at_most_sixteen_words() {
            String fifteen = "please ".repeat(15);

            assertThat(read(fifteen + "stop")).isEqualTo(optOut(2, "en:STOP"));
            assertThat(read(fifteen + "please stop")).isEqualTo(nothing());
        }

        @Test
        void has_at_most_160_characters_without_its_signs() {
            ReplyReader extended = ReplyReader.builder()
                    .optOut(Locale.ENGLISH, "x".repeat(60))
                    .optOut(Locale.ENGLISH, "y".repeat(60))
                    .optOut(Locale.ENGLISH, "z".repeat(33))
                    .build();
            String words = "x".repeat(60) + " " + "y".repeat(60) + " " + "z".repeat(33);

            assertThat(extended.read(words + " stop", ENGLISH_ONLY, false).kind())
                    .isEqualTo(Kind.OPT_OUT);
            assertThat(extended.read(words + " quit.", ENGLISH_ONLY, false).kind())
                    .isEqualTo(Kind.OPT_OUT);
            assertThat(extended.read(words + " please", ENGLISH_ONLY, false).kind())
                    .isEqualTo(Kind.NONE);
        }

        @Test
        void is_named_by_its_first_word() {
            assertThat(read("please quit please unsubscribe")).isEqualTo(optOut(2, "en:QUIT"));
            assertThat(read("help please info")).isEqualTo(new ReplyReading(Kind.HELP, 2, "en:HELP"));
        }

        @Test
        void asks_for_help() {
            assertThat(read("help please")).isEqualTo(new ReplyReading(Kind.HELP, 2, "en:HELP"));
        }

        @Test
        void asks_for_no_help_if_a_clause_of_its_own_says_more() {
            assertThat(read("help please. Where is my parcel?")).isEqualTo(nothing());
        }

        @ParameterizedTest
        @ValueSource(strings = {"please", "ok thanks", "help start", "stop shopping", "an end", ""})
        void needs_a_keyword_and_nothing_else(String text) {
            assertThat(read(text)).isEqualTo(nothing());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "STOP\n> Our offers of the week\n> Reply STOP",
                    "STOP\n\nSent from my iPhone",
                    "stop\r\nEnvoyé de mon téléphone",
                    "Stop\nVon meinem iPhone gesendet",
                    "stop\n--\nJean Dupont, 3 rue du Port",
                    "STOP\n\nLe lun. 2 nov., la boutique a écrit :\n> Nos offres",
                    "> Our offers\nstop"
                })
        void may_carry_quotes_and_a_signature(String text) {
            assertThat(readFrench(text)).isEqualTo(optOut(2, "en:STOP"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"thanks\n> reply STOP to leave", "\n>\n", "> please stop sending"})
        void inside_a_quote_is_not_what_the_person_says(String text) {
            assertThat(readFrench(text)).isEqualTo(nothing());
        }
    }

    @Nested
    class ACarriersForm {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "STOP 36180",
                    "stop au 36111",
                    "STOP a 38000",
                    "STOP at 36179",
                    "Stop au 36 111.",
                    "STOP36179"
                })
        void is_an_opt_out_in_every_language(String text) {
            assertThat(read(text)).isEqualTo(optOut(1, "fr:carrier"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"stop 37000", "stop 3611", "stop 361112", "stop by 36111", "36111"})
        void has_five_digits_that_start_with_36_or_38(String text) {
            assertThat(read(text)).isEqualTo(nothing());
        }
    }

    @Nested
    class ASentence {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Please stop sending me messages|en:stop-sending",
                    "Can you stop sending me these ads please?|en:stop-sending",
                    "stop texting me!!|en:stop-writing",
                    "STOP MESSAGING ME NOW|en:stop-writing",
                    "Stop spamming|en:stop-sending",
                    "no more messages|en:stop-messages",
                    "Stop all marketing messages|en:stop-messages",
                    "Could you please stop|en:stop-now",
                    "I said stop|en:stop-now",
                    "I want this to stop|en:make-it-stop",
                    "don't text me|en:do-not-write",
                    "Don’t text me any more.|en:do-not-write",
                    "pls do not contact me again|en:do-not-write",
                    "dont send me any more texts|en:do-not-write",
                    "I don't want to receive messages anymore|en:do-not-want",
                    "I do not want any more texts from you|en:do-not-want",
                    "I no longer wish to receive your newsletter|en:do-not-want",
                    "take me off your list|en:off-the-list",
                    "Please take me off your mailing list, thanks|en:off-the-list",
                    "get me out of your list|en:off-the-list",
                    "remove my number|en:off-the-list",
                    "remove my number from your database please|en:off-the-list",
                    "Unsubscribe me from all your lists|en:unsubscribe",
                    "please opt me out|en:unsubscribe",
                    "I want to unsubscribe|en:unsubscribe",
                    "I want to unsubscribe because you write every day|en:unsubscribe",
                    "I revoke my consent|en:revoke-consent",
                    "leave me alone|en:leave-me-alone",
                    "You write too often. Please unsubscribe me.|en:unsubscribe",
                    "Enough now, John. Unsubscribe|en:unsubscribe",
                })
        void in_english_asks_to_be_left_alone(String text, String rule) {
            assertThat(read(text)).isEqualTo(optOut(3, rule));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "ne m'écrivez plus|fr:n-ecrivez-plus",
                    "Ne m’envoyez plus de messages svp|fr:n-ecrivez-plus",
                    "Ne m'envoyez plus rien !|fr:n-ecrivez-plus",
                    "ne m'envoyez plus|fr:n-ecrivez-plus",
                    "merci de ne plus me contacter|fr:ne-plus-ecrire",
                    "Merci de ne plus m'envoyer de pub|fr:ne-plus-ecrire",
                    "arrêtez de m'écrire|fr:arretez",
                    "arrêtez de m'envoyer des messages publicitaires|fr:arretez",
                    "Pouvez-vous arrêter de m'envoyer des messages ?|fr:arretez",
                    "merci d'arrêter|fr:arretez",
                    "Stop aux messages|fr:stop-messages",
                    "arrêtez vos messages|fr:stop-messages",
                    "plus de pub svp|fr:plus-de-messages",
                    "je ne veux plus recevoir vos messages|fr:ne-veux-plus",
                    "Je ne veux plus recevoir de SMS de votre part, merci|fr:ne-veux-plus",
                    "je ne souhaite plus être contacté|fr:ne-veux-plus",
                    "je ne veux plus que vous m'écriviez|fr:ne-veux-plus",
                    "je ne veux plus de promos|fr:ne-veux-plus",
                    "désabonnez-moi|fr:retirez-moi",
                    "Désabonnez-moi de votre liste s'il vous plaît|fr:retirez-moi",
                    "retirez-moi de votre liste|fr:retirez-moi",
                    "Retirez mon numéro de vos fichiers|fr:retirez-moi",
                    "je souhaite me désabonner|fr:desabonner",
                    "veuillez me retirer de votre liste de diffusion|fr:desabonner",
                    "je voudrais être retiré de votre liste|fr:etre-retire",
                    "je retire mon consentement|fr:retrait-consentement",
                    "laissez-moi tranquille|fr:laissez-moi",
                })
        void in_french_asks_to_be_left_alone(String text, String rule) {
            assertThat(readFrench(text)).isEqualTo(optOut(3, rule));
        }

        @Test
        void in_french_is_read_only_if_french_is_tried() {
            assertThat(read("ne m'écrivez plus")).isEqualTo(nothing());
        }

        @Test
        void may_be_broken_by_an_emoji_or_a_line_end() {
            assertThat(read("stop \uD83D\uDED1 sending\nme texts")).isEqualTo(optOut(3, "en:stop-sending"));
        }

        @Test
        void is_not_put_together_again_beyond_160_characters() {
            String broken = "delete my\nnumber";

            assertThat(read(broken + ".".repeat(160 - broken.length())).kind()).isEqualTo(Kind.OPT_OUT);
            assertThat(read(broken + ".".repeat(161 - broken.length())).kind()).isEqualTo(Kind.NONE);
        }

        @Test
        void wins_over_an_unclear_one_before_it() {
            assertThat(read("don't text me at work. Take me off your list.").kind())
                    .isEqualTo(Kind.OPT_OUT);
        }

        @Test
        void is_found_at_the_start_of_a_message_of_any_length() {
            String message = "Please unsubscribe me. " + "Thank you for the shoes. ".repeat(1_000);

            assertThat(read(message)).isEqualTo(optOut(3, "en:unsubscribe"));
        }
    }

    @Nested
    class WhatIsUnclear {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "don't text me at work|en:do-not-write",
                    "take me off the waiting list|en:off-the-list",
                    "how do I unsubscribe?|en:how-to-leave",
                    "please cancel my subscription|en:cancel-subscription",
                    "stop calling me|en:stop-calling",
                    "comment me désabonner ?|fr:desabonner",
                    "comment arrêter vos messages ?|fr:stop-messages",
                    "comment se désinscrire ?|fr:desabonner",
                    "Stop. I am not interested.|en:STOP",
                    "STOP! Don't ship the order|en:STOP",
                    "Basta, I said. Quit|en:QUIT",
                    "STOP the madness|en:STOP",
                    "I say STOP|en:STOP",
                    "CANCEL my order|en:CANCEL",
                    "STOP bananas|en:STOP",
                    "END bananas|en:END",
                    "STOP the red bananas|en:STOP",
                    "STOP the bananas \uD83C\uDF4C \uD83C\uDF4C|en:STOP",
                })
        void is_held_for_somebody_to_decide(String text, String rule) {
            assertThat(readFrench(text)).isEqualTo(unclear(rule));
        }

        @Test
        void is_held_in_160_characters_and_no_more() {
            assertThat(read("STOP " + "a".repeat(155))).isEqualTo(unclear("en:STOP"));
            assertThat(read("STOP " + "a".repeat(156))).isEqualTo(nothing());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "I'll stop by the shop",
                    "the bus stop is closed",
                    "stop by the shop",
                    "cancel my order",
                    "The END of the story is nice",
                    "STOP the big red bananas",
                    "please DON'T STOP",
                    "Don't stop sending me messages",
                    "I don't want you to stop sending me updates",
                    "When will you stop sending me messages?",
                    "did you remove my number from the order?",
                    "please stop sending my parcel to the neighbour",
                    "don't send me the invoice",
                    "you can stop now the rain has ended",
                    "I have no messages from you yet",
                    "take me out",
                    "contactez-moi plus tard",
                    "vous me contactez plus tard ?",
                    "plus d'infos svp",
                    "envoyez-moi plus d'infos",
                    "je veux plus de promos",
                    "l'arrêt de bus est fermé",
                    "comment recevoir mon colis ?",
                    "comment arrêter la machine ?",
                    "N'arrêtez pas de m'écrire",
                    "ne m'envoyez pas le colis",
                    "Où est mon colis ?",
                    "\uD83D\uDED1",
                    ""
                })
        void is_not_ordinary_talk(String text) {
            assertThat(readFrench(text)).isEqualTo(nothing());
        }
    }

    @Nested
    class WordsOfTheHost {
        private final ReplyReader extended = ReplyReader.builder()
                .optOut(Locale.FRENCH, "Ça suffit")
                .optOut(Locale.forLanguageTag("hu"), "LEIRATKOZOM")
                .optIn(Locale.ENGLISH, "News")
                .help(Locale.ENGLISH, "Who?")
                .build();

        @Test
        void are_read_as_the_shipped_ones() {
            assertThat(extended.read("ca suffit !", FRENCH, false)).isEqualTo(optOut(1, "fr:Ça suffit"));
            assertThat(extended.read("ca suffit merci", FRENCH, false)).isEqualTo(optOut(2, "fr:Ça suffit"));
            assertThat(extended.read("news", ENGLISH_ONLY, false))
                    .isEqualTo(new ReplyReading(Kind.OPT_IN, 1, "en:News"));
            assertThat(extended.read("who", ENGLISH_ONLY, false)).isEqualTo(new ReplyReading(Kind.HELP, 1, "en:Who?"));
        }

        @Test
        void may_bring_a_language() {
            assertThat(extended.read("leiratkozom", List.of(Locale.forLanguageTag("hu-HU")), false))
                    .isEqualTo(optOut(1, "hu:LEIRATKOZOM"));
        }

        @Test
        void cannot_turn_an_opt_out_into_anything_else() {
            ReplyReader turned = ReplyReader.builder()
                    .optIn(Locale.ENGLISH, "STOP")
                    .help(Locale.ENGLISH, "unsubscribe")
                    .build();

            assertThat(turned.read("stop", ENGLISH_ONLY, true)).isEqualTo(optOut(1, "en:STOP"));
            assertThat(turned.read("unsubscribe", ENGLISH_ONLY, true)).isEqualTo(optOut(1, "en:UNSUBSCRIBE"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"yes", "OUI", "Sí", "да"})
        void cannot_make_a_plain_yes_count_at_any_time(String word) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReplyReader.builder().optIn(Locale.ENGLISH, word))
                    .withMessageContaining("plain yes");
        }

        @Test
        void need_letters_and_a_language() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReplyReader.builder().optOut(Locale.ENGLISH, "?!"))
                    .withMessageContaining("1 to 64");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReplyReader.builder().help(Locale.ENGLISH, "x".repeat(65)))
                    .withMessageContaining("not 65");
            assertThat(ReplyReader.builder()
                            .optOut(Locale.ENGLISH, "x".repeat(64))
                            .build()
                            .read("x".repeat(64), ENGLISH_ONLY, false)
                            .tier())
                    .isEqualTo(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReplyReader.builder().optOut(Locale.ROOT, "word"))
                    .withMessageContaining("language");
        }

        @Test
        void count_as_a_phrase_before_the_single_words_in_it() {
            ReplyReader phrases = ReplyReader.builder()
                    .optOut(Locale.ENGLISH, "just this")
                    .help(Locale.ENGLISH, "text please")
                    .build();

            assertThat(phrases.read("ok just this", ENGLISH_ONLY, false)).isEqualTo(optOut(2, "en:just this"));
            assertThat(phrases.read("ok text please", ENGLISH_ONLY, false))
                    .isEqualTo(new ReplyReading(Kind.HELP, 2, "en:text please"));
        }

        @Test
        void cannot_hide_an_opt_out_in_a_phrase() {
            ReplyReader hiding =
                    ReplyReader.builder().help(Locale.ENGLISH, "messages stop").build();

            assertThat(hiding.read("ok messages stop", ENGLISH_ONLY, false)).isEqualTo(optOut(2, "en:STOP"));
        }

        @Test
        void do_not_reach_a_reader_built_before() {
            ReplyReader.Builder builder = ReplyReader.builder();
            ReplyReader earlier = builder.build();
            builder.optOut(Locale.ENGLISH, "enough");

            assertThat(earlier.read("enough", ENGLISH_ONLY, false)).isEqualTo(nothing());
            assertThat(builder.build().read("enough", ENGLISH_ONLY, false)).isEqualTo(optOut(1, "en:enough"));
        }
    }

    /** What tells in which language to answer. */
    @Nested
    class TheLanguageOfAWord {
        private boolean isFrench(String text) {
            return reader.isOptOutWordOf(Locale.FRENCH, text);
        }

        @Test
        void is_each_whose_list_has_it() {
            assertThat(isFrench(" Stop! ")).isTrue();
            assertThat(isFrench("d\u00e9sabonner")).isTrue();
            assertThat(reader.isOptOutWordOf(Locale.ENGLISH, "Stop")).isTrue();
        }

        @Test
        void is_none_whose_list_has_it_not() {
            assertThat(isFrench("unsubscribe")).isFalse();
            assertThat(isFrench("stop s'il vous pla\u00eet")).isFalse();
            assertThat(reader.isOptOutWordOf(Locale.forLanguageTag("mt"), "Stop"))
                    .isFalse();
        }

        @Test
        void is_not_sought_in_more_than_160_characters() {
            assertThat(isFrench("stop" + "!".repeat(156))).isTrue();
            assertThat(isFrench("stop" + "!".repeat(157))).isFalse();
        }
    }

    @Nested
    class AReading {
        @ParameterizedTest
        @CsvSource({
            "OPT_OUT, 0, x",
            "OPT_OUT, 4, x",
            "OPT_IN, 2, x",
            "HELP, 3, x",
            "UNCLEAR, 1, x",
            "NONE, 1, ''",
            "NONE, 0, x",
            "OPT_OUT, 1, ''"
        })
        void has_parts_that_fit_together(Kind kind, int tier, String rule) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ReplyReading(kind, tier, rule));
        }
    }

    @Nested
    class AnyText {
        @Test
        void is_read_without_an_exception() {
            long seed = 20261123;
            Random random = new Random(seed);
            List<Locale> all = words().stream()
                    .map(word -> Locale.forLanguageTag(word.language()))
                    .distinct()
                    .toList();

            assertThatCode(() -> Stream.generate(() -> randomText(random))
                            .limit(10_000)
                            .forEach(text -> reader.read(text, all, true)))
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }

        private static String randomText(Random random) {
            List<String> pieces =
                    List.of("stop", "please ", "\n", "> ", "--", "don't ", "me ", "\uFE0F", "\u0301", "É", "ـ");
            return IntStream.range(0, random.nextInt(40))
                    .mapToObj(i ->
                            random.nextBoolean() ? pieces.get(random.nextInt(pieces.size())) : randomCharacter(random))
                    .collect(Collectors.joining());
        }

        private static String randomCharacter(Random random) {
            return random.nextInt(4) == 0
                    ? String.valueOf((char) random.nextInt(0x10000))
                    : Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
        }

        static Stream<String> hostile() {
            return Stream.of(
                            "i said you ",
                            "ever again ",
                            "stop sending me these those ",
                            "thank you please ",
                            "e\u0301\u0316",
                            "\u0301\u0316",
                            "\uFDFA",
                            "\n>",
                            ".stop",
                            " ",
                            "\uD83D\uDED1",
                            "do not want to receive any more ",
                            "je ne veux plus de vos ",
                            "retirez moi de la liste de votre ",
                            "\uD800")
                    .map(piece -> piece.repeat(1_000_000 / piece.length()));
        }

        @ParameterizedTest
        @MethodSource("hostile")
        void takes_bounded_time(String text) {
            assertThat(timeToRead(text)).isLessThan(Duration.ofSeconds(2));
            assertThat(timeToRead(text.substring(0, 9_000))).isLessThan(Duration.ofSeconds(2));
        }

        private Duration timeToRead(String text) {
            long start = System.nanoTime();
            reader.read(text, FRENCH, true);
            return Duration.ofNanos(System.nanoTime() - start);
        }

        @Test
        void is_required() {
            assertThatNullPointerException()
                    .isThrownBy(() -> reader.read(null, ENGLISH_ONLY, false))
                    .withMessage("text");
            assertThatNullPointerException()
                    .isThrownBy(() -> reader.read("stop", null, false))
                    .withMessage("languages");
            assertThatNullPointerException()
                    .isThrownBy(() -> reader.read("stop", Arrays.asList((Locale) null), false))
                    .withMessage("languages");
        }

        @Test
        void as_long_as_platforms_carry_may_be_a_keyword() {
            assertThat(read("stop" + "!".repeat(9_996))).isEqualTo(optOut(1, "en:STOP"));
            assertThat(read("stop" + "!".repeat(9_997)).tier()).isNotEqualTo(1);
        }

        @Test
        void beyond_what_platforms_carry_is_not_a_keyword() {
            assertThat(read("start" + " .".repeat(10_000))).isEqualTo(nothing());
        }
    }

    /** A JVM of its own, in which every default is wrong. */
    @Nested
    class UnderATurkishJvmWithLatin1 {
        @Test
        void reads_unsubscribe_and_words_beyond_latin_1() throws IOException, InterruptedException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Duser.language=tr",
                            "-Duser.country=TR",
                            "-Dfile.encoding=ISO-8859-1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ForeignDefaults.class.getName())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output.lines()).containsExactly("tr", "ISO-8859-1", "OPT_OUT", "OPT_OUT", "OPT_OUT", "HELP");
        }
    }

    static final class ForeignDefaults {
        private ForeignDefaults() {}

        public static void main(String[] args) {
            ReplyReader reader = ReplyReader.create();
            System.out.println(Locale.getDefault().getLanguage());
            System.out.println(Charset.defaultCharset());
            System.out.println(reader.read("unsubscribe", List.of(), false).kind());
            System.out.println(reader.read("UNSUBSCRIBE", List.of(), false).kind());
            System.out.println(reader.read("\u0441\u0442\u043E\u043F", List.of(Locale.forLanguageTag("ru")), false)
                    .kind());
            System.out.println(reader.read("B\u0130LG\u0130", List.of(Locale.forLanguageTag("tr")), false)
                    .kind());
        }
    }
}
