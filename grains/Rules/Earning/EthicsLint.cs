using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>
/// What a marketer should think about again before a rule is published (spec E4, E5, A12, O8). Warnings, not errors: the field, a stable
/// code, and what would be better.
/// </summary>
public static class EthicsLint
{
    private const int ConditionsMax = 3;
    private static readonly TimeSpan ShortWindow = TimeSpan.FromHours(1);

    /// <summary>Words that press, threaten a loss or shame. Compared without regard to case.</summary>
    private static readonly string[] Pressing =
    [
        "dernière chance", "dépêche", "vite", "ne ratez pas", "ne manquez pas", "perdez", "perdre", "trop tard", "plus que", "honte", "brisez", "ne brise pas", "tout recommencer",
        "laatste kans", "haast", "snel", "mis het niet", "mis dit niet", "verlies", "te laat", "nog maar", "schaam", "verbreek", "kwijt", "opnieuw beginnen",
        "last chance", "hurry", "don't miss", "don’t miss", "lose", "too late", "only today", "running out", "shame", "break your streak", "don't break", "start over",
        "chance de gagner", "kans om te winnen", "chance to win", "tombola", "loterie", "loterij", "lottery", "jackpot",
    ];

    public static ImmutableArray<DocumentError> Check(EarningRules rules)
    {
        var warnings = ImmutableArray.CreateBuilder<DocumentError>();
        for (var at = 0; at < rules.Names.Length; at++) CheckName(rules.Names[at], FormattableString.Invariant($"/names/{at}"), warnings);
        for (var at = 0; at < rules.Rules.Length; at++) CheckRule(rules.Rules[at], FormattableString.Invariant($"/rules/{at}"), warnings);
        return warnings.DrainToImmutable();
    }

    private static void CheckName(Name name, string pointer, ImmutableArray<DocumentError>.Builder warnings)
    {
        foreach (var (field, text) in new[] { ("fr", name.Fr), ("nl", name.Nl), ("en", name.En) })
        {
            if (PressingWord(text) is { } word)
                warnings.Add(new($"{pointer}/{field}", "pressing-words", $"'{word}' presses, threatens or promises luck. Say what members get."));
        }
    }

    /// <summary>The first word of a text that members should not be told; null for none.</summary>
    internal static string? PressingWord(string text) => Pressing.FirstOrDefault(word => Says(text, word));

    private static void CheckRule(EarningRule rule, string pointer, ImmutableArray<DocumentError>.Builder warnings)
    {
        var parts = Parts(rule.When).ToArray();
        var isSale = rule.On.Contains(EarningEvent.Sale);
        var isDaily = parts.OfType<FirstTimeOf>().Any(first => first.Scope.HasFlag(FirstTime.OfDay))
            || (rule.Cap is { Per: CapPeriod.Day, Times: not null } && rule.Then.Any(effect => effect is BadgeProgress));
        if (isSale && isDaily)
            warnings.Add(new(pointer, "daily-spending", "This rewards buying every day. Count weeks, or let an event without a purchase do as well."));
        if (parts.OfType<Daypart>().Any(part => part.Until - part.From < ShortWindow))
            warnings.Add(new($"{pointer}/when", "short-window", "Less than an hour makes people hurry. Give them the morning or the afternoon."));
        if (rule.EffectiveUntil - rule.EffectiveFrom is { Ticks: > 0 } lasts && lasts < ShortWindow)
            warnings.Add(new($"{pointer}/effectiveUntil", "short-window", "Less than an hour makes people hurry. Give them a day."));
        if (parts.Length > ConditionsMax)
            warnings.Add(new($"{pointer}/when", "hard-to-explain", FormattableString.Invariant($"More than {ConditionsMax} conditions are hard to explain at the till. Drop some, or split the rule.")));
    }

    /// <summary>At the start of a word only: "vite" presses, "invite" does not.</summary>
    private static bool Says(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var startsWord = at == 0 || !char.IsLetter(text[at - 1]);
            var endsWord = at + word.Length == text.Length || !char.IsLetter(text[at + word.Length]);
            if (startsWord && endsWord) return true;
        }

        return false;
    }

    private static IEnumerable<Condition> Parts(Condition? condition) => condition switch
    {
        null => [],
        AllOf all => all.Of.SelectMany(Parts),
        AnyOf any => any.Of.SelectMany(Parts),
        Not not => Parts(not.Of),
        _ => [condition],
    };
}
