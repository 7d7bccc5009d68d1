using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Challenges;

/// <summary>A challenge as sentences (spec A13), made from the same tree that decides. Members read all of it before it starts, the rule for ties too (spec §9).</summary>
public sealed class ChallengeWords
{
    private readonly Language _language;
    private readonly string _currency;
    private readonly Formats _formats;
    private readonly Challenge _challenge;
    private readonly GoalWords _goals;
    private readonly Func<string, string> _storeName;

    /// <param name="language">Of the reader.</param>
    /// <param name="challenge">What to tell of.</param>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="storeName">What a store is called; null for its id.</param>
    public ChallengeWords(Language language, Challenge challenge, string currency, Func<string, string>? storeName = null)
    {
        (_language, _currency, _formats) = (language, currency, new(language, currency));
        (_challenge, _storeName) = (challenge, storeName ?? (id => id));
        _goals = new(_formats, new(_formats, NameOf, _storeName));
    }

    /// <summary>Everything, one sentence after the other.</summary>
    public string Whole() => string.Join(' ', new[] { What(), Who(), Contest(), Caps(), Prizes(), Ties(), Compensation() }.Where(sentence => sentence.Length > 0));

    /// <summary>"5 fruits et légumes locaux : …, du 30 novembre 2026 au 6 décembre 2026 inclus."</summary>
    public string What() => $"{Of(_challenge.Name)}{Colon}{_goals.Of(_challenge.Goal)}, {When()}.";

    /// <summary>"Plus que 2 jours." Null once there is nothing left.</summary>
    public string? Left(Progress progress)
    {
        if (progress.Left(GoalParts.TargetOf(_challenge.Goal)) is not (> 0 and var left)) return null;
        var what = _goals.Left(_challenge.Goal, left);
        return _formats.Pick($"Plus que {what}.", $"Nog {what}.", $"{what} to go.");
    }

    /// <summary>"Objectif commun : 4 200 sur 5 000."</summary>
    public string Together(long total, long milestone) => _formats.Pick(
        $"Ensemble\u00A0: {_formats.Number(total)} sur {_formats.Number(milestone)}.",
        $"Samen: {_formats.Number(total)} van {_formats.Number(milestone)}.",
        $"Together: {_formats.Number(total)} of {_formats.Number(milestone)}.");

    /// <summary>What participants see when another version takes the place of the one they joined.</summary>
    public string Replaced(Challenge before, Wording reason)
    {
        var old = new ChallengeWords(_language, before, _currency, _storeName)._goals.Of(before.Goal);
        return _formats.Pick(
            $"Le défi a changé (version {_challenge.Version})\u00A0: {reason.Fr}. Avant\u00A0: {old}. Tout ce que vous avez fait depuis le début compte selon la nouvelle version.",
            $"De uitdaging is gewijzigd (versie {_challenge.Version}): {reason.Nl}. Voordien: {old}. Alles wat u sinds het begin deed, telt volgens de nieuwe versie.",
            $"The challenge has changed (version {_challenge.Version}): {reason.En}. Before: {old}. Everything you did since the start counts by the new version.");
    }

    private string When()
    {
        var window = _challenge.Window;
        if (window.StartsAt == default && window.EndsAt == default)
        {
            var (from, last) = (_formats.Date(window.From), _formats.Date(window.Until.AddDays(-1)));
            return window.From.AddDays(1) == window.Until
                ? _formats.Pick($"le {from}", $"op {from}", $"on {from}")
                : _formats.Pick($"du {from} au {last} inclus", $"van {from} tot en met {last}", $"from {from} to {last} inclusive");
        }

        var (start, end) = ((_formats.Date(window.From), _formats.Time(window.StartsAt)), (_formats.Date(window.Until), _formats.Time(window.EndsAt)));
        return _formats.Pick(
            $"du {start.Item1} à {start.Item2} au {end.Item1} à {end.Item2}",
            $"van {start.Item1} om {start.Item2} uur tot {end.Item1} om {end.Item2} uur",
            $"from {start.Item1} at {start.Item2} to {end.Item1} at {end.Item2}");
    }

    private string Who()
    {
        var audience = _challenge.Audience;
        List<string> who = [];
        if (!audience.Stores.IsEmpty) who.Add(_formats.Pick("dans les magasins ", "in de winkels ", "in the stores ") + _formats.Both([.. audience.Stores.Select(_storeName)]));
        if (!audience.Segments.IsEmpty) who.Add(_formats.Pick("pour les membres du groupe ", "voor leden van de groep ", "for members of the group ") + Names(NamedKind.Segment, audience.Segments));
        if (!audience.Tiers.IsEmpty) who.Add(_formats.Pick("avec le statut ", "met de status ", "with the status ") + Names(NamedKind.Tier, audience.Tiers));
        var where = who.Count == 0 ? "" : _formats.Pick("Valable ", "Geldig ", "Valid ") + string.Join(", ", who) + ".";
        var join = audience.OptIn
            ? _formats.Pick("Vous participez en vous inscrivant au défi.", "U doet mee door u voor de uitdaging in te schrijven.", "You take part by joining the challenge.")
            : _formats.Pick("Vous participez automatiquement.", "U doet automatisch mee.", "You take part automatically.");
        return where.Length == 0 ? join : $"{where} {join}";
    }

    private string Contest() => _challenge.By switch
    {
        InTeams teams => _formats.Pick("Par équipes", "In teams", "In teams") + Colon + _formats.Both([.. teams.Teams.Select(team => Of(team.Name))]) + Counted(teams.Score),
        StoreAgainstStore stores => _formats.Pick("Magasin contre magasin", "Winkel tegen winkel", "Store against store") + Colon + _formats.Both([.. stores.Stores.Select(_storeName)]) + Counted(stores.Score),
        Together together => _formats.Pick("Ensemble", "Samen", "Together") + Colon + string.Join(_formats.Pick("\u00A0; ", "; ", "; "), together.Milestones.Select(Of)) + "." + Least(together.MinContribution),
        _ => "",
    };

    private string Counted(GroupScore score) => score == GroupScore.Sum ? "." : _formats.Pick(", en moyenne par participant.", ", gemiddeld per deelnemer.", ", on average per participant.");

    private string Least(long contribution) => contribution == 1 ? "" : _formats.Pick(
        $" Pour qui apporte au moins {_formats.Number(contribution)}.", $" Voor wie minstens {_formats.Number(contribution)} bijdraagt.", $" For whoever brings at least {_formats.Number(contribution)}.");

    private string Of(Milestone milestone) => _formats.Number(milestone.At) + (milestone.Gift is { } gift ? $" = {Of(gift)}" : "");

    private string Caps()
    {
        List<string> caps = [];
        if (_challenge.Caps.PerDay is { } perDay) caps.Add(_formats.Pick($"au plus {_formats.Number(perDay)} par jour", $"hoogstens {_formats.Number(perDay)} per dag", $"at most {_formats.Number(perDay)} a day"));
        if (_challenge.Caps.PerMember is { } perMember) caps.Add(_formats.Pick($"au plus {_formats.Number(perMember)} par membre", $"hoogstens {_formats.Number(perMember)} per lid", $"at most {_formats.Number(perMember)} a member"));
        return caps.Count == 0 ? "" : _formats.Pick("Compte ", "Telt ", "Counts ") + _formats.Both(caps) + ".";
    }

    private string Prizes()
    {
        List<string> prizes = [];
        if (_challenge.Prizes.Completion is { } completion)
        {
            var first = _challenge.Prizes.CompletionMax is { } most ? _formats.Pick($" (les {_formats.Number(most)} premiers)", $" (de eerste {_formats.Number(most)})", $" (the first {_formats.Number(most)})") : "";
            prizes.Add(_formats.Pick("Objectif atteint", "Doel bereikt", "Goal reached") + first + Colon + Of(completion) + ".");
        }

        var from = 1;
        foreach (var prize in _challenge.Prizes.Ranks)
        {
            var ranks = from == prize.Through
                ? _formats.Pick($"Rang {from}", $"Rang {from}", $"Rank {from}")
                : _formats.Pick($"Rangs {from} à {prize.Through}", $"Rang {from} tot {prize.Through}", $"Ranks {from} to {prize.Through}");
            prizes.Add(ranks + Colon + Of(prize.Gift) + ".");
            from = prize.Through + 1;
        }

        return string.Join(' ', prizes);
    }

    private string Ties() => _challenge.Prizes.Ranks.IsEmpty ? "" : _formats.Pick(
        "À égalité, le même rang et le même prix ; si le budget ne suffit pas, le premier arrivé au score l’emporte.",
        "Bij een gelijke stand dezelfde rang en dezelfde prijs; als het budget niet volstaat, gaat wie de score eerst bereikte voor.",
        "Equal scores share a rank and its prize; should the budget not suffice, whoever reached the score first comes first.").Replace(" ;", "\u00A0;", StringComparison.Ordinal);

    private string Compensation() => _challenge.Compensation is not { } compensation ? "" : _formats.Pick(
        $"En cas d’annulation{Colon}{Of(compensation.Gift)} pour qui a participé.",
        $"Bij annulering{Colon}{Of(compensation.Gift)} voor wie meedeed.",
        $"Should it be cancelled{Colon}{Of(compensation.Gift)} for whoever took part.");

    private string Of(Gift gift)
    {
        List<string> parts = [];
        if (gift.Points is { } points) parts.Add(_formats.Count(points, ("point", "points"), ("punt", "punten"), ("point", "points")));
        if (gift.Reward is { } reward) parts.Add(_formats.Quote(NameOf(NamedKind.Reward, reward)));
        if (gift.Badge is { } badge) parts.Add(_formats.Pick("le badge ", "de badge ", "the badge ") + _formats.Quote(NameOf(NamedKind.Badge, badge)));
        return _formats.Both(parts);
    }

    private string Of(Wording name) => _formats.Pick(name.Fr, name.Nl, name.En);

    private string Colon => _formats.Pick("\u00A0: ", ": ", ": ");

    private string Names(NamedKind kind, ImmutableArray<string> ids) => _formats.Either([.. ids.Select(id => _formats.Quote(NameOf(kind, id)))]);

    private string NameOf(NamedKind kind, string id) =>
        _challenge.Names.FirstOrDefault(name => name.Kind == kind && name.Id == id) is { } name ? _formats.Pick(name.Fr, name.Nl, name.En) : id;
}
