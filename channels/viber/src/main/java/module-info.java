/** Viber: the Bot API and Business Messages, transports and webhook readers. */
@org.jspecify.annotations.NullMarked
module aparte.viber {
    requires transitive aparte.channel.http;
    requires com.squareup.moshi;
    requires kotlin.stdlib;
    requires okio;

    exports aparte.viber;
}
