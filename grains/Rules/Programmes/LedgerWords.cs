using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Programmes;

/// <summary>How long points wait, as sentences (spec B3).</summary>
internal static class LedgerWords
{
    public static IEnumerable<DocumentSentence> Of(LedgerSettings ledger, ProgrammeSettings settings)
    {
        if (ledger.Points.PendingDays > 0) yield return Say("/points/pendingDays", null, ledger.Points.PendingDays, settings);
        for (var at = 0; at < ledger.Points.Waits.Length; at++)
            yield return Say(FormattableString.Invariant($"/points/waits/{at}"), ledger.Points.Waits[at], ledger.Points.Waits[at].Days, settings);
    }

    private static DocumentSentence Say(string pointer, CategoryWait? wait, int days, ProgrammeSettings settings)
    {
        var (fr, nl, en) = (In(Language.Fr), In(Language.Nl), In(Language.En));
        return new(pointer, fr, nl, en);

        string In(Language language)
        {
            var formats = new Formats(language, settings.Currency);
            var goods = wait is null ? "" : formats.Pick(" pour des articles de la catégorie ", " voor artikelen uit de categorie ", " for items in the category ")
                + formats.Either([.. wait.Categories.Select(category => formats.Quote(NameOf(category, formats, settings)))]);
            var when = days == 0
                ? formats.Pick("tout de suite", "meteen", "at once")
                : formats.Pick("après ", "na ", "after ") + formats.Count(days, ("jour", "jours"), ("dag", "dagen"), ("day", "days"));
            return formats.Pick($"Les points{goods} peuvent être utilisés {when}.", $"Punten{goods} kunnen {when} worden gebruikt.", $"Points{goods} can be used {when}.");
        }
    }

    private static string NameOf(string category, Formats formats, ProgrammeSettings settings) =>
        settings.Earning?.Names.FirstOrDefault(name => name.Kind == NamedKind.Category && name.Id == category) is { } name ? formats.Pick(name.Fr, name.Nl, name.En) : category;
}
