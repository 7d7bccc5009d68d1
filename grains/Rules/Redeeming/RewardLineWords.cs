using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Redeeming;

/// <summary>What an entry about a reward or a gesture says on a statement, in French, Dutch and English.</summary>
public static class RewardLineWords
{
    public static StatementReward? Of(AccountEntry entry) => entry switch
    {
        RewardEntry { Name: { } name } reward => new(reward.Entitlement, name.Id, Say(Language.Fr, entry), Say(Language.Nl, entry), Say(Language.En, entry)),
        GestureTaken => new(null, null, Say(Language.Fr, entry), Say(Language.Nl, entry), Say(Language.En, entry)),
        _ => null,
    };

    private static string Say(Language language, AccountEntry entry)
    {
        var formats = new Formats(language, "");
        var sentence = entry is GestureTaken gesture ? Gesture(formats, gesture) : Reward(formats, (RewardEntry)entry);
        return $"{sentence}.";
    }

    private static string Reward(Formats formats, RewardEntry entry)
    {
        var name = formats.Pick(entry.Name!.Fr, entry.Name.Nl, entry.Name.En);
        var what = entry switch
        {
            RewardHeld { Cause: not null } => formats.Pick("Offert", "Gekregen", "Given"),
            RewardHeld => formats.Pick("Réservé", "Gereserveerd", "Reserved"),
            RewardWaiting => formats.Pick("Sur la liste d’attente", "Op de wachtlijst", "On the waiting list"),
            RewardOffered => formats.Pick("Une place s’est libérée", "Er is een plaats vrij", "A seat came free"),
            RewardCommitted => formats.Pick("Obtenu", "Verkregen", "Obtained"),
            RewardAbandoned => formats.Pick("Réservation annulée", "Reservatie geannuleerd", "Reservation cancelled"),
            RewardUsed => formats.Pick("Utilisé", "Gebruikt", "Used"),
            RewardExpired { IsNoShow: true } => formats.Pick("Place restée vide", "Plaats bleef leeg", "Seat left empty"),
            RewardExpired => formats.Pick("Expiré sans avoir été utilisé", "Ongebruikt verlopen", "Expired unused"),
            _ => formats.Pick("Rendu", "Teruggegeven", "Given back"),
        };
        var more = entry switch
        {
            RewardHeld { Price: > 0 and var price } => Points(formats, price),
            RewardHeld held when GestureRule.ReasonIn(held.Cause) is { } reason => formats.Pick("motif ", "reden ", "reason ") + formats.Quote(reason),
            RewardCommitted { ValidThrough: { } day } => formats.Pick("valable jusqu’au ", "geldig tot en met ", "valid through ") + formats.Date(day),
            RewardUsed { Store: { } store } => formats.Pick("magasin ", "winkel ", "store ") + store,
            _ => null,
        };
        return $"{what}{formats.Pick("\u00A0: ", ": ", ": ")}{name}{(more is null ? "" : $", {more}")}";
    }

    private static string Gesture(Formats formats, GestureTaken taken) => taken.Refusal is null
        ? $"{(taken.Gesture.Forgives ? formats.Pick("Dette annulée\u00A0: ", "Schuld kwijtgescholden: ", "Debt forgiven: ") : formats.Pick("Geste commercial\u00A0: ", "Commercieel gebaar: ", "Goodwill gesture: "))}{Points(formats, taken.Gesture.Points)}, {formats.Pick("motif ", "reden ", "reason ")}{formats.Quote(taken.Gesture.Reason)}"
        : formats.Pick("Un geste commercial n’a pas pu être accordé", "Een commercieel gebaar kon niet worden gegeven", "A goodwill gesture could not be given");

    private static string Points(Formats formats, long points) => formats.Count(points, ("point", "points"), ("punt", "punten"), ("point", "points"));
}
