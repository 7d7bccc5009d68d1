using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Recognition;

/// <summary>What happened to a member's recognition, as one sentence each. Nobody is pressed or blamed (spec E5).</summary>
public sealed class ChangeWords(Language language, RecognitionRules rules, RecognitionWords words)
{
    private readonly Formats _formats = new(language, "EUR");

    /// <param name="change">What happened.</param>
    /// <param name="why">Why what is taken back goes.</param>
    public string Of(RecognitionChange change, Undoing why) => change switch
    {
        TierReached reached => _formats.Pick($"Vous êtes maintenant {Tier(reached.Tier)}.", $"U bent nu {Tier(reached.Tier)}.", $"You are now {Tier(reached.Tier)}."),
        TierLost { Now: { } now } => _formats.Pick($"Vous êtes maintenant {Tier(now)}.", $"U bent nu {Tier(now)}.", $"You are now {Tier(now)}."),
        TierLost lost => _formats.Pick($"La période {Tier(lost.Tier)} est terminée.", $"De periode {Tier(lost.Tier)} is voorbij.", $"The {Tier(lost.Tier)} period has ended."),
        TierKept kept => _formats.Pick($"{Tier(kept.Tier)} est à vous jusqu’au {_formats.Date(kept.Until)}.", $"{Tier(kept.Tier)} is van u tot {_formats.Date(kept.Until)}.", $"{Tier(kept.Tier)} is yours until {_formats.Date(kept.Until)}."),
        BadgeAwarded badge => _formats.Pick($"Badge {Badge(badge.Id)} obtenu.", $"Badge {Badge(badge.Id)} behaald.", $"Badge {Badge(badge.Id)} earned."),
        BadgeRevoked badge => $"{_formats.Pick("Badge", "Badge", "Badge")} {Badge(badge.Id)}. {words.Undone(why)}.",
        MilestoneReached run => _formats.Pick($"Série {Streak(run.Streak)}\u00A0: {Length(run.Streak, run.Periods)}.", $"Reeks {Streak(run.Streak)}: {Length(run.Streak, run.Periods)}.", $"Streak {Streak(run.Streak)}: {Length(run.Streak, run.Periods)}."),
        MilestoneUndone run => _formats.Pick($"Série {Streak(run.Streak)}, {Length(run.Streak, run.Periods)}. ", $"Reeks {Streak(run.Streak)}, {Length(run.Streak, run.Periods)}. ", $"Streak {Streak(run.Streak)}, {Length(run.Streak, run.Periods)}. ") + words.Undone(why) + ".",
        GiftDue due => _formats.Pick($"Pour vous\u00A0: {words.Of(due.Gift)}.", $"Voor u: {words.Of(due.Gift)}.", $"For you: {words.Of(due.Gift)}."),
        GiftTakenBack back => $"{words.Of(back.Gift)}. {words.Undone(why)}.",
        CardFilled card => _formats.Pick($"{Card(card.Card)} est complète.", $"{Card(card.Card)} is vol.", $"{Card(card.Card)} is full."),
        AlmostThere near => words.Of(near, Goal(near.Goal)),
        TierNoticeDue notice => words.Of(notice.Notice),
        ExpiryNoticeDue expiry => Expiry(expiry),
        Celebrated celebrated => Celebration(celebrated),
        PlanTurned turned => Plan(turned),
        StreakBridged bridged => Bridge(bridged),
        PerkTaken { Worth: < 0 } back => _formats.Pick($"Avantage rendu : {Perk(back.Perk)}.", $"Voordeel teruggegeven: {Perk(back.Perk)}.", $"Benefit given back: {Perk(back.Perk)}."),
        PerkTaken taken => _formats.Pick($"Avantage utilisé : {Perk(taken.Perk)}.", $"Voordeel gebruikt: {Perk(taken.Perk)}.", $"Benefit used: {Perk(taken.Perk)}."),
        _ => throw new System.Diagnostics.UnreachableException($"No words for {change.GetType().Name}."),
    };

    private string Expiry(ExpiryNoticeDue expiry)
    {
        var amount = expiry.Unit == "points"
            ? _formats.Count(expiry.Amount, ("point", "points"), ("punt", "punten"), ("point", "points"))
            : _formats.Count(expiry.Amount, ("tampon", "tampons"), ("stempel", "stempels"), ("stamp", "stamps"));
        var notice = _formats.Pick($"{amount} à utiliser jusqu’au {_formats.Date(expiry.On)} inclus.", $"{amount}, te gebruiken tot en met {_formats.Date(expiry.On)}.", $"{amount} to use by {_formats.Date(expiry.On)}.");
        return expiry.Bonus == 0 ? notice : $"{notice} {words.Offer(expiry.Bonus)}";
    }

    private string Celebration(Celebrated celebrated)
    {
        var years = _formats.Count(celebrated.Years, ("an", "ans"), ("jaar", "jaar"), ("year", "years"));
        return celebrated.Event switch
        {
            EarningEvent.Birthday => _formats.Pick("Joyeux anniversaire\u00A0!", "Gelukkige verjaardag!", "Happy birthday!"),
            EarningEvent.EnrolmentAnniversary => _formats.Pick($"Membre depuis {years}\u00A0: merci\u00A0!", $"Al {years} lid: dank u!", $"A member for {years}: thank you!"),
            _ => _formats.Pick($"Votre premier achat, c’était il y a {years}\u00A0: merci\u00A0!", $"Uw eerste aankoop was {years} geleden: dank u!", $"Your first purchase was {years} ago: thank you!"),
        };
    }

    private string Bridge(StreakBridged bridged)
    {
        var (streak, from, through) = (Streak(bridged.Streak), _formats.Date(bridged.From), _formats.Date(bridged.Through));
        return bridged.From == bridged.Through
            ? _formats.Pick($"Un incident de notre côté\u00A0: le {from} ne manque pas à {streak}.", $"Een incident aan onze kant: {from} ontbreekt niet in {streak}.", $"An incident on our side: {from} is not missing from {streak}.")
            : _formats.Pick($"Un incident de notre côté\u00A0: du {from} au {through}, rien ne manque à {streak}.", $"Een incident aan onze kant: van {from} tot {through} ontbreekt er niets in {streak}.", $"An incident on our side: from {from} to {through} nothing is missing from {streak}.");
    }

    private string Plan(PlanTurned turned)
    {
        var name = Quoted(rules.Plans.FirstOrDefault(plan => plan.Id == turned.Plan)?.Name, turned.Plan);
        return turned.Status switch
        {
            VipStatus.Active => _formats.Pick($"{name} est actif.", $"{name} is actief.", $"{name} is active."),
            VipStatus.Grace => _formats.Pick($"Le paiement de {name} n’est pas encore arrivé\u00A0; vos avantages restent.", $"De betaling van {name} is nog niet aangekomen; uw voordelen blijven.", $"The payment for {name} has not arrived yet; your benefits stay."),
            VipStatus.Cancelled => _formats.Pick($"{name} ne sera pas renouvelé.", $"{name} wordt niet vernieuwd.", $"{name} will not renew."),
            _ => _formats.Pick($"{name} est terminé.", $"{name} is afgelopen.", $"{name} has ended."),
        };
    }

    private string Perk(string id) =>
        Quoted(rules.Plans.SelectMany(plan => plan.Perks).Concat(rules.Tiers?.Levels.SelectMany(level => level.Benefits) ?? []).FirstOrDefault(perk => perk.Id == id)?.Name, id);

    /// <summary>The name in a goal's key.</summary>
    private string Goal(string key) => key.Split('/') switch
    {
        ["badge", var badge, ..] => Quoted(rules.Badges.LastOrDefault(one => one.Id == badge)?.Name, badge),
        ["tier", var tier, ..] => Tier(tier),
        ["card", var card, ..] => Card(card),
        _ => key,
    };

    private string Length(string streak, int periods) => words.Periods(rules.Streaks.FirstOrDefault(one => one.Id == streak)?.Per ?? StreakPeriod.Week, periods);

    private string Tier(string id) => Quoted(rules.Tiers?.Levels.FirstOrDefault(level => level.Id == id)?.Name, id);

    private string Badge(BadgeAwardId award)
    {
        var badge = rules.Badges.LastOrDefault(one => one.Id == award.Badge);
        var level = badge is { Levels.Length: > 1 } ? _formats.Pick($" (niveau {award.Level})", $" (niveau {award.Level})", $" (level {award.Level})") : "";
        return Quoted(badge?.Name, award.Badge) + level;
    }

    private string Streak(string id) => Quoted(rules.Streaks.FirstOrDefault(one => one.Id == id)?.Name, id);

    private string Card(string id) => Quoted(rules.Cards.FirstOrDefault(card => card.Id == id)?.Name, id);

    private string Quoted(Wording? name, string id) => _formats.Quote(name is null ? id : _formats.Pick(name.Fr, name.Nl, name.En));
}
