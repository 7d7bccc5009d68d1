using Gamification.Leagues;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Statements;

namespace Gamification.Rules.Leagues;

/// <summary>A league as a sentence, made from the same document that decides.</summary>
public static class LeagueWords
{
    public static IEnumerable<DocumentSentence> Of(LeagueList list) => list.Leagues.Select((league, at) =>
        Of(league) is var words ? new DocumentSentence(FormattableString.Invariant($"/leagues/{at}"), words.Fr, words.Nl, words.En) : null!);

    /// <summary>"Ligue des voisins : groupes d’environ 30 par effort, chaque semaine. …"</summary>
    public static Sentence Of(LeagueRules league) => new(Say(Language.Fr, league), Say(Language.Nl, league), Say(Language.En, league));

    private static string Say(Language language, LeagueRules league)
    {
        var formats = new Formats(language, "EUR");
        var events = new EventWords(formats);
        var name = formats.Pick(league.Name.Fr, league.Name.Nl, league.Name.En);
        var efforts = formats.Both([.. league.Efforts.Select(effort => $"{events.Thing(effort.On)} ({formats.Number(effort.Weight)})")]);
        var down = league switch
        {
            { Relegated: 0 } => formats.Pick("personne ne descend", "niemand daalt", "nobody goes down"),
            { KeepsEffort: true } => formats.Pick("seul qui n’a rien fait peut descendre", "alleen wie niets deed kan dalen", "only who did nothing can go down"),
            _ => formats.Pick($"les {league.Relegated} derniers descendent", $"de laatste {league.Relegated} dalen", $"the last {league.Relegated} go down"),
        };
        return name
            + formats.Pick($" : groupes d’environ {league.GroupSize}, chaque semaine, selon l’effort : {efforts}. Les {league.Promoted} premiers montent, {down}. Seule la première moitié est montrée.",
                $": groepen van ongeveer {league.GroupSize}, elke week, volgens inzet: {efforts}. De eerste {league.Promoted} stijgen, {down}. Alleen de bovenste helft wordt getoond.",
                $": groups of about {league.GroupSize}, each week, by effort: {efforts}. The first {league.Promoted} go up, {down}. Only the upper half is shown.");
    }
}
