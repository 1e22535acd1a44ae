/** Facebook Messenger: transport, webhook reader and Page. */
@org.jspecify.annotations.NullMarked
module aparte.messenger {
    requires transitive aparte.channel.http;
    requires com.squareup.moshi;
    requires kotlin.stdlib;
    requires okio;

    exports aparte.messenger;
}
