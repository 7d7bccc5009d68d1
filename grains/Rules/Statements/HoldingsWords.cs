using System.Globalization;
using Gamification.Ledger;
using Gamification.Rules.Ledger;
using Gamification.Statements;

namespace Gamification.Rules.Statements;

/// <summary>Where points came from, and what is owed for what, as sentences (spec B2, §8).</summary>
internal static class HoldingsWords
{
    /// <summary>"Ces 120 points viennent de 3 tickets." Null when there is nothing.</summary>
    public static Sentence? Origin(Unit unit, IReadOnlyCollection<Lot> lots)
    {
        if (lots.Count == 0) return null;
        var amount = lots.Sum(lot => lot.Remaining);
        var sources = lots.Select(lot => lot.Source).Distinct(StringComparer.Ordinal).ToArray();
        var receipts = sources.Count(source => ReceiptKey.TryParse(source, out _));
        var others = sources.Length - receipts;
        var (fr, nl, en) = Named(unit, amount);
        return new(
            $"{(amount == 1 ? "Ce" : "Ces")} {amount.ToString(CultureInfo.InvariantCulture)} {fr} {(amount == 1 ? "vient" : "viennent")} de {Listed(receipts, "ticket", "tickets", others, "autre origine", "autres origines", " et ")}.",
            $"{(amount == 1 ? "Dit" : "Deze")} {amount.ToString(CultureInfo.InvariantCulture)} {nl} {(amount == 1 ? "komt" : "komen")} van {Listed(receipts, "kasticket", "kastickets", others, "andere bron", "andere bronnen", " en ")}.",
            $"{(amount == 1 ? "This" : "These")} {amount.ToString(CultureInfo.InvariantCulture)} {en} came from {Listed(receipts, "receipt", "receipts", others, "other source", "other sources", " and ")}.");
    }

    /// <summary>"120 à compenser pour le retour BRU/1/2026-11-21/7 ; effacés après le 20/05/2027."</summary>
    public static Sentence Debt(string cause, long amount, DateOnly forgivenOn)
    {
        var number = amount.ToString(CultureInfo.InvariantCulture);
        var day = forgivenOn.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        return new(
            $"{number} à compenser pour le retour {cause}\u00A0; ce qui reste est effacé après le {day}.",
            $"{number} te verrekenen voor de terugname {cause}; wat overblijft wordt na {day} kwijtgescholden.",
            $"{number} to make up for because of the return {cause}; what is left is forgiven after {day}.");
    }

    private static (string Fr, string Nl, string En) Named(Unit unit, long amount) => (unit.IsStamps, unit == Unit.Status, amount == 1) switch
    {
        (true, _, true) => ("tampon", "stempel", "stamp"),
        (true, _, _) => ("tampons", "stempels", "stamps"),
        (_, true, true) => ("point de statut", "statuspunt", "status point"),
        (_, true, _) => ("points de statut", "statuspunten", "status points"),
        (_, _, true) => ("point", "punt", "point"),
        _ => ("points", "punten", "points"),
    };

    private static string Listed(int receipts, string receipt, string manyReceipts, int others, string other, string manyOthers, string and)
    {
        var first = receipts == 0 ? "" : $"{receipts.ToString(CultureInfo.InvariantCulture)} {(receipts == 1 ? receipt : manyReceipts)}";
        var second = others == 0 ? "" : $"{others.ToString(CultureInfo.InvariantCulture)} {(others == 1 ? other : manyOthers)}";
        return receipts > 0 && others > 0 ? first + and + second : first + second;
    }
}
