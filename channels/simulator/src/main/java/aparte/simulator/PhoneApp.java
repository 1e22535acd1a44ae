package aparte.simulator;

import java.util.List;
import java.util.Map;

/** One platform's part of the page: its people, what their phones show and what they can do. Called on many threads at once. */
interface PhoneApp {
    /** One of the addresses that people write to. */
    record Line(String id, String name) {}

    /** The word for the platform in requests, such as {@code whatsapp}. */
    String name();

    /** The name of the platform as people know it. */
    String title();

    /** At least one; the first is the one that is meant unless a request names another. */
    List<Line> lines();

    /** Whether webhooks have somewhere to go. */
    boolean listens();

    /** The ids of all who exist. */
    List<String> people();

    boolean knows(String id);

    /** What the person is called; only for those who are known, as all that follows. */
    String nameOf(String id);

    /** What the phone shows in the conversation with this line, oldest first. */
    List<PhoneMessage> screen(String id, String line);

    /** What else the page says about the person. */
    Map<String, Object> state(String id, String line);

    /** Does what the person does. The text is empty where none was given. */
    void act(String id, String line, String act, String text) throws PhoneRefusal;

    /**
     * Makes the person on first use, and names them unless the name is empty.
     *
     * @param id empty for any that nobody has yet
     * @return the id
     */
    String add(String id, String name) throws PhoneRefusal;

    static PhoneRefusal unknownAct() {
        return new PhoneRefusal(400, "unknown_act", "People on this platform do nothing of this name.");
    }
}
