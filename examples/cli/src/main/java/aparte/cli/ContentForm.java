package aparte.cli;

import aparte.Content;
import aparte.Media;
import aparte.whatsapp.WhatsAppCallPermission;
import aparte.whatsapp.WhatsAppFlowAnswer;
import aparte.whatsapp.WhatsAppOrder;
import aparte.whatsapp.WhatsAppUnsupported;

/** What a person wrote, as JSON: {@code type} and the parts. */
final class ContentForm {
    private ContentForm() {}

    static Json of(Content content) {
        Json json = Json.object().put("type", EventForm.snake(content));
        if (content instanceof Content.Text text) {
            return json.put("text", text.body());
        }
        if (content instanceof Content.Image image) {
            return json.put("media", of(image.media())).put("caption", image.caption());
        }
        if (content instanceof Content.Video video) {
            return json.put("media", of(video.media())).put("caption", video.caption());
        }
        if (content instanceof Content.Audio audio) {
            return json.put("media", of(audio.media())).put("voice", audio.voice());
        }
        if (content instanceof Content.Document document) {
            return json.put("media", of(document.media()))
                    .put("file_name", document.fileName())
                    .put("caption", document.caption());
        }
        if (content instanceof Content.Sticker sticker) {
            return json.put("media", of(sticker.media()));
        }
        if (content instanceof Content.Location location) {
            return json.put("latitude", location.latitude())
                    .put("longitude", location.longitude())
                    .put("name", location.name())
                    .put("address", location.address());
        }
        if (content instanceof Content.ContactCard card) {
            return json.put("name", card.name())
                    .texts("phones", card.phones())
                    .texts("emails", card.emails())
                    .put("organisation", card.organisation());
        }
        if (content instanceof Content.Native other) {
            return json.put("native", other.type()).put("json", other.json());
        }
        if (content instanceof Content.Reaction reaction) {
            return json.put("message", reaction.providerId()).put("emoji", reaction.emoji());
        }
        if (content instanceof WhatsAppOrder order) {
            return json.put("catalog", order.catalog())
                    .put("text", order.note())
                    .objects("items", order.items(), ContentForm::of);
        }
        if (content instanceof WhatsAppFlowAnswer answer) {
            return json.put("name", answer.name()).put("text", answer.body()).put("json", answer.json());
        }
        if (content instanceof WhatsAppCallPermission permission) {
            return json.put("answer", permission.answer())
                    .put("permanent", permission.permanent())
                    .put("expires_at", permission.expiresAt())
                    .put("source", permission.source());
        }
        if (content instanceof WhatsAppUnsupported kept) {
            return json.put("of", kept.type()).put("code", kept.code());
        }
        return AnswerForm.of(json, content);
    }

    private static Json of(WhatsAppOrder.Item item) {
        return Json.object()
                .put("product", item.product())
                .put("quantity", item.quantity())
                .put("price", item.price().toString())
                .put("currency", item.currency());
    }

    private static Json of(Media media) {
        if (media instanceof Media.Link link) {
            return Json.object().put("uri", link.uri().toString());
        }
        if (media instanceof Media.Stored stored) {
            return Json.object()
                    .put("id", stored.id())
                    .put("mime_type", stored.mimeType())
                    .put("sha256", stored.sha256());
        }
        if (media instanceof Media.Bytes bytes) {
            return Json.object().put("length", bytes.length()).put("mime_type", bytes.mimeType());
        }
        return Json.object().put("unsupported", true);
    }
}
