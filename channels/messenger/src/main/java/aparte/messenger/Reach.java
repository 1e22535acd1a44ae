package aparte.messenger;

import aparte.Address;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Under which of a recipient's addresses a Page reaches them: the first of each sort counts.
 *
 * @param psid the page-scoped id
 * @param said a comment or a post, which is answered privately
 * @param token a token for a topic or for one message
 * @param isAlone whether there is one such address only, so that what the conversation says is about it
 * @param otherPage whether there is a page-scoped id of another Page
 * @param oddSaid whether there is a comment or a post that no id of Meta's is
 */
record Reach(
        Optional<Address> psid,
        Optional<Address> said,
        Optional<Address> token,
        boolean isAlone,
        boolean otherPage,
        boolean oddSaid) {
    private static final Pattern PSID = Pattern.compile("[0-9]{1,32}");
    private static final Pattern SAID = Pattern.compile("[0-9]{1,32}(_[0-9]{1,32}){0,2}");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,512}");

    static Reach of(List<Address> addresses, String page) {
        Address psid = null;
        Address said = null;
        Address token = null;
        boolean otherPage = false;
        boolean oddSaid = false;
        int count = 0;
        for (Address address : addresses) {
            boolean mine = address.scope().equals(page);
            if (is(address, Address.Kind.MESSENGER_PSID, PSID)) {
                otherPage |= !mine;
                psid = psid == null && mine ? address : psid;
            } else if (is(address, MessengerAddresses.COMMENT, SAID) || is(address, MessengerAddresses.POST, SAID)) {
                said = said == null && mine ? address : said;
            } else if (is(address, MessengerAddresses.TOKEN, TOKEN)
                    || is(address, MessengerAddresses.ONE_TIME_TOKEN, TOKEN)) {
                token = token == null && mine ? address : token;
            } else {
                oddSaid |= mine && isSaid(address);
                continue;
            }
            count += mine ? 1 : 0;
        }
        return new Reach(
                Optional.ofNullable(psid),
                Optional.ofNullable(said),
                Optional.ofNullable(token),
                count == 1,
                otherPage,
                oddSaid);
    }

    private static boolean isSaid(Address address) {
        return address.kind().equals(MessengerAddresses.COMMENT)
                || address.kind().equals(MessengerAddresses.POST);
    }

    private static boolean is(Address address, Address.Kind kind, Pattern form) {
        return address.kind().equals(kind) && form.matcher(address.value()).matches();
    }
}
