/** WhatsApp Cloud API: transport and webhook reader. */
@org.jspecify.annotations.NullMarked
module aparte.whatsapp {
    requires transitive aparte.channel.http;
    requires com.squareup.moshi;
    requires kotlin.stdlib;
    requires okio;

    exports aparte.whatsapp;
}
