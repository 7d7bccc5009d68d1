using System.Collections.Immutable;

namespace Gamification.Api;

/// <summary>One body, read and checked: a receipt with its card, or the problem with it.</summary>
internal sealed class ParsedReceipt
{
    public Receipt? Receipt { get; private init; }

    public string? Card { get; private init; }

    public ImmutableArray<ReceiptWarning> Warnings { get; private init; } = [];

    public Problem? Problem { get; private init; }

    public static ParsedReceipt Read(ReadOnlyMemory<byte> body, Caller caller, Programme programme, DateTimeOffset receivedAt)
    {
        var stated = StatedReceipt.OfThread();
        if (!ReceiptReader.TryRead(body, stated)) return Refused(ProblemKind.MalformedJson, "The body is not one JSON document in UTF-8, nested at most 8 deep.");
        if (ReceiptCheck.Accept(stated, receivedAt, programme.Secrets.Content) is not { } receipt)
        {
            var errors = stated.Faults.Errors;
            return new() { Problem = new(ProblemKind.InvalidReceipt, $"{errors[0].Field}: {errors[0].Remedy}") { Errors = errors } };
        }

        if (caller.Role == Role.Till && receipt.Key.Store != caller.Store)
        {
            return Refused(ProblemKind.WrongStore, "This key belongs to another store.", new FieldError("/store", "wrong-store", $"Send '{caller.Store}', or use that store's key."));
        }

        if (caller.Role == Role.Till && receipt is { Type: ReceiptType.Void, Original: { } voided } && voided.Store != caller.Store)
        {
            return Refused(ProblemKind.RefusedReceipt, "A void names a receipt of its own store.",
                new FieldError("/original/store", "void-of-another-store", "Void the receipt in the store that sold it, or send a return."));
        }

        if (!programme.Stores.ContainsKey(receipt.Key.Store))
        {
            return Refused(ProblemKind.InvalidReceipt, "The programme has no such store.", new FieldError("/store", "unknown-value", "Send the id of one of the programme's stores, see /v1/stores."));
        }

        return new() { Receipt = receipt, Card = stated.Card, Warnings = stated.Faults.Warnings };
    }

    public static ParsedReceipt Refused(ProblemKind kind, string detail, params ReadOnlySpan<FieldError> errors) =>
        new() { Problem = new(kind, detail) { Errors = ImmutableArray.Create(errors) } };
}
