using System.Globalization;

namespace Gamification.Ledger;

/// <summary>"<see cref="Amount"/> points expire on <see cref="On"/>": the last day on which they can be spent, in the programme's zone.</summary>
[GenerateSerializer, Immutable, Alias("expiry-notice")]
public readonly record struct ExpiryNotice([property: Id(0)] Unit Unit, [property: Id(1)] long Amount, [property: Id(2)] DateOnly On);

/// <summary>What a member has of one unit at one instant, whether or not any job ran by then.</summary>
[GenerateSerializer, Immutable, Alias("purse-view")]
public sealed record PurseView
{
    [Id(0)] public required Unit Unit { get; init; }

    /// <summary>Can be spent now. Never below zero.</summary>
    [Id(1)] public required long Available { get; init; }

    [Id(2)] public long Pending { get; init; }

    [Id(3)] public long Held { get; init; }

    /// <summary>To be made up for from coming earnings. Zero or above.</summary>
    [Id(4)] public long Owed { get; init; }

    /// <summary>The return that the oldest debt comes from, and the day at whose end it is forgiven.</summary>
    [Id(5)] public string? OwedFor { get; init; }

    [Id(6)] public DateOnly? ForgivenOn { get; init; }

    [Id(7)] public ExpiryNotice? NextExpiry { get; init; }

    /// <summary>"0 disponible, 120 à compenser": the parts that are not zero, the available one always.</summary>
    /// <param name="language"><c>fr</c>, <c>nl</c> or <c>en</c>; anything else reads as French.</param>
    public string Summary(string language)
    {
        var (available, pending, held, owed) = language switch
        {
            "nl" => ("beschikbaar", "in afwachting", "gereserveerd", "te verrekenen"),
            "en" => ("available", "pending", "reserved", "to make up for"),
            _ => ("disponible", "en attente", "réservé", "à compenser"),
        };
        var isPlural = language is not ("nl" or "en");
        var text = $"{Number(Available)} {available}{(isPlural && Available > 1 ? "s" : "")}";
        if (Pending > 0) text += $", {Number(Pending)} {pending}";
        if (Held > 0) text += $", {Number(Held)} {held}{(isPlural && Held > 1 ? "s" : "")}";
        if (Owed > 0) text += $", {Number(Owed)} {owed}";
        return text;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
