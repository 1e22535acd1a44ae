package aparte.consent;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Brings a reply into the form in which words are compared. Linear in its input, and the same under every locale. */
final class ReplyText {
    /** Separates clauses in {@link #clauses}. */
    static final char CLAUSE_END = '\n';

    /** More marks on one letter than any orthography uses; the normaliser sorts them in quadratic time. */
    private static final int MARKS_PER_LETTER = 16;

    private static final int EMOJI_SELECTOR = 0xFE0F;
    private static final int INFORMATION_SOURCE = 0x2139;
    private static final int KEYCAP = 0x20E3;
    private static final int TATWEEL = 0x640;

    /** First and last of each range with emoji presentation, in order. JDK 17 cannot tell; checked with Unicode 14. */
    private static final int[] EMOJI = {
        0x231A, 0x231B, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648, 0x2653,
        0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE,
        0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705,
        0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
        0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x1F004, 0x1F004, 0x1F0CF,
        0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F1E6, 0x1F1FF, 0x1F201, 0x1F201, 0x1F21A, 0x1F21A, 0x1F22F,
        0x1F22F, 0x1F232, 0x1F236, 0x1F238, 0x1F23A, 0x1F250, 0x1F251, 0x1F300, 0x1F320, 0x1F32D, 0x1F335, 0x1F337,
        0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8,
        0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550, 0x1F567, 0x1F57A,
        0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0,
        0x1F6D2, 0x1F6D5, 0x1F6D8, 0x1F6DC, 0x1F6DF, 0x1F6EB, 0x1F6EC, 0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F7F0,
        0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF, 0x1FA70, 0x1FAFF,
    };

    private static final List<String> SIGNATURE_STARTS = List.of(
            "sent from my ",
            "sent via ",
            "get outlook for ",
            "envoye de mon ",
            "envoye depuis ",
            "gesendet von mein",
            "gesendet mit ",
            "enviado desde ",
            "enviado do meu ",
            "inviato da ",
            "inviato dal mio ",
            "verzonden vanaf ",
            "wyslane z ",
            "odeslano z ",
            "skickat fran min ",
            "sendt fra min ");

    private ReplyText() {}

    /**
     * The text in lower case, without emoji, marks and punctuation, its words divided by one blank each; empty if
     * nothing of it is left.
     */
    static String normalise(String text) {
        return normalise(text, false);
    }

    /** As {@link #normalise}, but punctuation that ends a clause, line ends and emoji become {@link #CLAUSE_END}. */
    static String clauses(String text) {
        return normalise(text, true);
    }

    /** The normalised text without its blanks, so that {@code S T O P} equals {@code STOP}. */
    static String compact(String normalised) {
        return normalised.indexOf(' ') < 0 ? normalised : normalised.replace(" ", "");
    }

    /**
     * The text without quoted lines, the line that announces them, and signature lines: what the person wrote now. The
     * first line with words is never a signature.
     */
    static String withoutQuotesAndSignature(String text) {
        if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
            return text.stripLeading().startsWith(">") ? "" : text;
        }
        String[] lines = text.lines().map(String::strip).toArray(String[]::new);
        boolean[] kept = new boolean[lines.length];
        boolean written = false;
        for (int i = 0; i < lines.length; i++) {
            if (written && lines[i].equals("--")) {
                break;
            }
            boolean announcesQuote = lines[i].endsWith(":") && i + 1 < lines.length && lines[i + 1].startsWith(">");
            kept[i] = !lines[i].startsWith(">") && !announcesQuote && !(written && isSignature(lines[i]));
            written |= kept[i] && !lines[i].isEmpty();
        }
        return IntStream.range(0, lines.length)
                .filter(i -> kept[i])
                .mapToObj(i -> lines[i])
                .collect(Collectors.joining("\n"));
    }

    private static boolean isSignature(String line) {
        if (line.length() > 80) {
            return false;
        }
        String words = normalise(line);
        return SIGNATURE_STARTS.stream().anyMatch(words::startsWith)
                || (words.startsWith("von mein") && words.endsWith(" gesendet"));
    }

    private static String normalise(String text, boolean clauses) {
        if (isAscii(text)) {
            return foldedWords(text.toLowerCase(Locale.ROOT), clauses);
        }
        String plain = Normalizer.normalize(withoutEmojiAndFormat(text, clauses), Normalizer.Form.NFKC);
        String lower = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String unmarked = Normalizer.normalize(
                withoutMarks(Normalizer.normalize(lower, Normalizer.Form.NFD)), Normalizer.Form.NFC);
        return foldedWords(unmarked, clauses);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String withoutEmojiAndFormat(String text, boolean clauses) {
        StringBuilder kept = new StringBuilder(text.length());
        int marks = 0;
        int next;
        for (int i = 0; i < text.length(); i = next) {
            int c = text.codePointAt(i);
            next = i + Character.charCount(c);
            if (c < 0x80 && (next >= text.length() || text.charAt(next) != EMOJI_SELECTOR)) {
                marks = 0;
                kept.append((char) c);
                continue;
            }
            int type = Character.getType(c);
            boolean mark = type == Character.NON_SPACING_MARK;
            marks = mark ? marks + 1 : 0;
            if (isEmoji(c) || (next < text.length() && text.charAt(next) == EMOJI_SELECTOR && !isPlainLetter(c))) {
                if (clauses) {
                    kept.append(CLAUSE_END);
                }
            } else if (type != Character.FORMAT
                    && type != Character.SURROGATE
                    && c != KEYCAP
                    && !(c >= 0xFE00 && c <= EMOJI_SELECTOR)
                    && marks <= MARKS_PER_LETTER) {
                kept.appendCodePoint(c);
            } else if (type == Character.SURROGATE) {
                kept.append(' ');
            }
        }
        return kept.toString();
    }

    private static boolean isEmoji(int c) {
        if (c < EMOJI[0]) {
            return false;
        }
        int at = Arrays.binarySearch(EMOJI, c);
        return at >= 0 || ((-at - 1) & 1) == 1;
    }

    /** A letter that stands before a selector without an emoji, which an earlier filter took away: STOP must survive. */
    private static boolean isPlainLetter(int c) {
        return c != INFORMATION_SOURCE && Character.isLetter(c);
    }

    private static String withoutMarks(String decomposed) {
        StringBuilder kept = new StringBuilder(decomposed.length());
        UnicodeScript base = UnicodeScript.COMMON;
        int c;
        for (int i = 0; i < decomposed.length(); i += Character.charCount(c)) {
            c = decomposed.codePointAt(i);
            if (c < 0x80) {
                base = UnicodeScript.LATIN;
                kept.append((char) c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                base = UnicodeScript.of(c);
                kept.appendCodePoint(c);
            } else if (!losesMarks(base)) {
                kept.appendCodePoint(c);
            }
        }
        return kept.toString();
    }

    private static boolean losesMarks(UnicodeScript script) {
        return switch (script) {
            case LATIN, GREEK, CYRILLIC, ARABIC, HEBREW, COMMON -> true;
            default -> false;
        };
    }

    private static String foldedWords(String text, boolean clauses) {
        StringBuilder words = new StringBuilder(text.length());
        char gap = 0;
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (c == TATWEEL) {
                continue; // it only stretches a word
            }
            if (isGap(c)) {
                gap = gap == CLAUSE_END || (clauses && endsClause(c)) ? CLAUSE_END : ' ';
            } else {
                if (gap != 0 && words.length() > 0) {
                    words.append(gap);
                }
                gap = 0;
                fold(c, words);
            }
        }
        return words.toString();
    }

    private static boolean isGap(int c) {
        if (c < 0x80) {
            return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
        }
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER -> false;
            default -> true;
        };
    }

    private static boolean endsClause(int c) {
        return switch (c) {
            case '\n', '\r', 0x85, 0x2028, 0x2029, '.', ',', '!', '?', ';', ':', '(', ')', 0x2013, 0x2014 -> true;
            default -> false;
        };
    }

    private static void fold(int c, StringBuilder words) {
        switch (c) {
            case 'ß' -> words.append("ss");
            case 'ø' -> words.append('o');
            case 'æ' -> words.append("ae");
            case 'œ' -> words.append("oe");
            case 'ł' -> words.append('l');
            case 'đ' -> words.append('d');
            case 0x3C2 -> words.append((char) 0x3C3); // Greek final sigma
            case 0x622, 0x623, 0x625, 0x671, 0x672, 0x673, 0x675 -> words.append((char) 0x627); // alef
            case 0x629 -> words.append((char) 0x647); // taa marbuta to haa
            case 0x649 -> words.append((char) 0x64A); // alef maqsura to yaa
            default -> words.appendCodePoint(c);
        }
    }
}
