using Gamification.Recognition;
using Gamification.Rules.Recognition;

namespace Gamification.Rules.Statements;

/// <summary>A tier's reasons as sentences. What time does is said as until when the tier lasts (spec E5: nobody is pressed).</summary>
internal static class TierReasonWords
{
    /// <summary>"Vous êtes « Or » depuis le 3 mai 2026. Ce jour-là comptaient 1 000 points de statut grâce aux achats."</summary>
    public static string Standing(TierWhy why, RecognitionWords words)
    {
        var formats = words.Formats;
        if (why.Turn is not { } turn)
        {
            return why.Tier is null
                ? formats.Pick("Vous n’avez pas encore de statut.", "U hebt nog geen status.", "You have no status yet.")
                : formats.Pick($"Vous êtes {words.TierName(why.Tier)}.", $"U bent {words.TierName(why.Tier)}.", $"You are {words.TierName(why.Tier)}.");
        }

        var on = formats.Date(turn.On);
        var standing = why.Tier is null
            ? formats.Pick($"Vous n’avez pas de statut depuis le {on}", $"U hebt sinds {on} geen status", $"You have had no status since {on}")
            : formats.Pick($"Vous êtes {words.TierName(why.Tier)} depuis le {on}", $"U bent {words.TierName(why.Tier)} sinds {on}", $"You have been {words.TierName(why.Tier)} since {on}");
        if (turn.Lost is { } lost)
        {
            var was = words.TierName(lost);
            return standing + formats.Pick($"\u00A0: la période d’avant n’a pas atteint ce que demande {was}.", $": de periode ervoor haalde niet wat {was} vraagt.", $": the period before did not come to what {was} takes.");
        }

        var had = words.Status(turn.Spend, turn.Engagement, both: true);
        return had.Length == 0
            ? standing + "."
            : standing + formats.Pick($". Ce jour-là comptaient {had}.", $". Op die dag telden {had}.", $". On that day {had} counted.");
    }

    /// <summary>"Encore 40 points de statut grâce aux achats pour « Or ». Comptent aujourd’hui, du 1er janvier 2026 au 31 décembre 2026 : 960 points de statut grâce aux achats."</summary>
    public static string Next(TierStep next, TierWhy why, RecognitionWords words)
    {
        var formats = words.Formats;
        var (what, tier) = (words.Status(next.MissingSpend, next.MissingEngagement, next.Both), words.TierName(next.Tier));
        var (from, last) = (formats.Date(why.CountedFrom), formats.Date(why.CountedUntil.AddDays(-1)));
        var has = words.Status(why.Spend, why.Engagement, both: true);
        var missing = formats.Pick($"Encore {what} pour {tier}.", $"Nog {what} voor {tier}.", $"Another {what} for {tier}.");
        return has.Length == 0
            ? missing + formats.Pick($" Rien ne compte encore du {from} au {last}.", $" Van {from} tot en met {last} telt nog niets.", $" Nothing counts yet from {from} to {last}.")
            : missing + formats.Pick($" Comptent aujourd’hui, du {from} au {last}\u00A0: {has}.", $" Vandaag tellen, van {from} tot en met {last}: {has}.", $" What counts today, from {from} to {last}: {has}.");
    }

    public static string Top(RecognitionWords words) => words.Formats.Pick("C’est le plus haut statut.", "Dit is de hoogste status.", "This is the highest status.");

    /// <summary>"« Or » est à vous jusqu’au 30 janvier 2027, puis vous êtes « Argent ». Encore 40 points de statut grâce aux achats d’ici là pour le garder."</summary>
    public static string Time(TierWhy why, TierFallDue falls, RecognitionWords words)
    {
        var formats = words.Formats;
        var (tier, last) = (words.TierName(why.Tier!), formats.Date(falls.On.AddDays(-1)));
        var then = falls.To is { } to
            ? formats.Pick($", puis vous êtes {words.TierName(to)}", $", daarna bent u {words.TierName(to)}", $", and then you are {words.TierName(to)}")
            : "";
        if (why.Keep is not { } keep)
        {
            return formats.Pick($"Sans rien de plus, {tier} est à vous jusqu’au {last}{then}.", $"Ook zonder iets meer is {tier} van u tot en met {last}{then}.", $"With nothing more, {tier} is yours until {last}{then}.");
        }

        var what = words.Status(keep.MissingSpend, keep.MissingEngagement, keep.Both);
        return formats.Pick(
            $"{tier} est à vous jusqu’au {last}{then}. Encore {what} d’ici là pour le garder.",
            $"{tier} is van u tot en met {last}{then}. Nog {what} tegen dan om het te houden.",
            $"{tier} is yours until {last}{then}. Another {what} by then will keep it.");
    }
}
