package aparte.cli;

import aparte.Content;
import aparte.instagram.InstagramContent;
import aparte.messenger.MessengerAnswer;

/** What people send on Messenger or Instagram alone, as JSON: forms, carts, what they share. */
final class AnswerForm {
    private AnswerForm() {}

    /** Adds the parts to the type; {@code unsupported} if none are known. */
    static Json of(Json json, Content content) {
        if (content instanceof InstagramContent.Shared shared) {
            return json.put("of", shared.type())
                    .put("id", shared.mediaId())
                    .put("uri", shared.uri())
                    .put("title", shared.title());
        }
        if (content instanceof MessengerAnswer.Shared shared) {
            return json.put("of", shared.kind())
                    .put("id", shared.id())
                    .put("uri", shared.link())
                    .put("title", shared.title());
        }
        if (content instanceof MessengerAnswer.ProductsShared products) {
            return json.texts("products", products.ids());
        }
        if (content instanceof MessengerAnswer.Feedback feedback) {
            return json.objects("scores", feedback.scores(), AnswerForm::of);
        }
        if (content instanceof MessengerAnswer.Shipping shipping) {
            return json.put("fields", shipping.fields());
        }
        if (content instanceof MessengerAnswer.Lead lead) {
            return json.put("complete", lead.complete()).put("fields", lead.answers());
        }
        if (content instanceof MessengerAnswer.FormSent sent) {
            return json.put("form", sent.id());
        }
        if (content instanceof MessengerAnswer.Cart cart) {
            return json.put("text", cart.note()).objects("items", cart.lines(), AnswerForm::of);
        }
        if (content instanceof MessengerAnswer.CouponRevealed coupon) {
            return json.put("code", coupon.code()).put("payload", coupon.payload());
        }
        if (content instanceof MessengerAnswer.Appointment appointment) {
            return json.put("booking", appointment.booking())
                    .put("status", appointment.status())
                    .put("from", appointment.from())
                    .put("to", appointment.to())
                    .put("zone", appointment.zone());
        }
        return json.put("unsupported", true);
    }

    private static Json of(MessengerAnswer.Feedback.Score score) {
        return Json.object()
                .put("question", score.question())
                .put("scale", score.scale())
                .put("value", score.value())
                .put("text", score.text());
    }

    private static Json of(MessengerAnswer.Cart.Line line) {
        return Json.object()
                .put("id", line.id())
                .put("retailer_id", line.retailerId())
                .put("name", line.name())
                .put("unit_price", line.unitPrice())
                .put("currency", line.currency())
                .put("quantity", line.quantity());
    }
}
