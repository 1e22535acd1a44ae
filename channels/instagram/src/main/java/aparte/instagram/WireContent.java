package aparte.instagram;

import aparte.Content;
import aparte.Media;
import aparte.channel.http.Texts;
import aparte.instagram.InstagramContent.Button;
import aparte.instagram.InstagramContent.Buttons;
import aparte.instagram.InstagramContent.Cards;
import aparte.instagram.InstagramContent.QuickReplies;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Contents in a request: the fields of its {@code message}. */
final class WireContent {
    private final JsonWriter json;
    private final Map<Media, String> uploaded;

    private WireContent(JsonWriter json, Map<Media, String> uploaded) {
        this.json = json;
        this.uploaded = uploaded;
    }

    /**
     * Writes the fields.
     *
     * @param uploaded the ids of media that were uploaded
     */
    static void write(JsonWriter json, Content content, IdentityHashMap<Media, String> uploaded) throws IOException {
        new WireContent(json, uploaded).content(content);
    }

    private void content(Content content) throws IOException {
        List<MediaRules.Part> parts = MediaRules.in(content);
        if (content instanceof Content.Text text) {
            json.name("text").value(text.body());
        } else if (content instanceof InstagramContent.Heart) {
            json.name("attachment").beginObject().name("type").value("like_heart");
            json.endObject();
        } else if (content instanceof InstagramContent.PostShare post) {
            json.name("attachment").beginObject().name("type").value("MEDIA_SHARE");
            json.name("payload").beginObject().name("id").value(post.mediaId());
            json.endObject().endObject();
        } else if (content instanceof InstagramContent.Images) {
            json.name("attachments").beginArray();
            for (MediaRules.Part part : parts) {
                media(part);
            }
            json.endArray();
        } else if (content instanceof QuickReplies replies) {
            quickReplies(replies);
        } else if (content instanceof InstagramContent mine) {
            template(mine);
        } else if (parts.size() == 1) {
            json.name("attachment");
            media(parts.get(0));
        } else {
            throw refused(content);
        }
    }

    private static IllegalStateException refused(Content content) {
        return new IllegalStateException(
                "the plan refuses " + content.getClass().getSimpleName());
    }

    private void media(MediaRules.Part part) throws IOException {
        json.beginObject().name("type").value(part.use().type());
        json.name("payload").beginObject();
        if (part.media() instanceof Media.Link link) {
            json.name("url").value(Texts.address(link.uri()));
        } else if (part.media() instanceof Media.Stored stored) {
            json.name("attachment_id").value(stored.id());
        } else {
            json.name("attachment_id")
                    .value(Objects.requireNonNull(uploaded.get(part.media()), "the media were not uploaded"));
        }
        json.endObject().endObject();
    }

    private void quickReplies(QuickReplies message) throws IOException {
        json.name("text").value(message.body());
        json.name("quick_replies").beginArray();
        for (QuickReplies.Reply reply : message.replies()) {
            json.beginObject().name("content_type").value("text");
            json.name("title").value(reply.title());
            json.name("payload").value(reply.id()).endObject();
        }
        json.endArray();
    }

    private void template(InstagramContent content) throws IOException {
        json.name("attachment").beginObject().name("type").value("template");
        json.name("payload").beginObject().name("template_type");
        if (content instanceof Buttons message) {
            json.value("button").name("text").value(message.body());
            buttons(message.buttons());
        } else if (content instanceof Cards cards) {
            json.value("generic").name("elements").beginArray();
            for (Cards.Card card : cards.cards()) {
                card(card);
            }
            json.endArray();
        } else if (content instanceof InstagramContent.Products products) {
            json.value("product").name("elements").beginArray();
            for (String id : products.ids()) {
                json.beginObject().name("id").value(id).endObject();
            }
            json.endArray();
        } else {
            throw refused(content);
        }
        json.endObject().endObject();
    }

    private void card(Cards.Card card) throws IOException {
        json.beginObject().name("title").value(card.title());
        text("subtitle", card.subtitle());
        text("image_url", card.picture().map(Texts::address));
        if (card.page().isPresent()) {
            json.name("default_action").beginObject().name("type").value("web_url");
            json.name("url").value(Texts.address(card.page().get())).endObject();
        }
        if (!card.buttons().isEmpty()) {
            buttons(card.buttons());
        }
        json.endObject();
    }

    private void buttons(List<Button> buttons) throws IOException {
        json.name("buttons").beginArray();
        for (Button button : buttons) {
            json.beginObject().name("type");
            if (button instanceof Button.Link link) {
                json.value("web_url").name("title").value(link.title());
                json.name("url").value(Texts.address(link.uri()));
            } else if (button instanceof Button.Postback postback) {
                json.value("postback").name("title").value(postback.title());
                json.name("payload").value(postback.id());
            } else {
                throw new IllegalStateException("a button that nobody writes");
            }
            json.endObject();
        }
        json.endArray();
    }

    private void text(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.name(name).value(text.get());
        }
    }
}
