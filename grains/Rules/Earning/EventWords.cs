using System.Diagnostics;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>What a member did: as a phrase that a sentence can begin with, and as a thing that can be counted.</summary>
internal sealed class EventWords(Formats formats)
{
    public string Of(EarningEvent one) => one switch
    {
        EarningEvent.Sale => formats.Pick("à l’achat", "bij een aankoop", "on a purchase"),
        EarningEvent.Enrolment => formats.Pick("à l’inscription", "bij de inschrijving", "on joining"),
        EarningEvent.Birthday => formats.Pick("à l’anniversaire", "op de verjaardag", "on the birthday"),
        EarningEvent.EnrolmentAnniversary => formats.Pick("à l’anniversaire de l’inscription", "op de verjaardag van de inschrijving", "on the anniversary of joining"),
        EarningEvent.FirstPurchaseAnniversary => formats.Pick("à l’anniversaire du premier achat", "op de verjaardag van de eerste aankoop", "on the anniversary of the first purchase"),
        EarningEvent.Post => formats.Pick("pour une publication", "voor een bericht", "for a post"),
        EarningEvent.Comment => formats.Pick("pour un commentaire", "voor een reactie", "for a comment"),
        EarningEvent.Review => formats.Pick("pour un avis", "voor een beoordeling", "for a review"),
        EarningEvent.AcceptedAnswer => formats.Pick("pour une réponse acceptée", "voor een aanvaard antwoord", "for an accepted answer"),
        EarningEvent.PollVote => formats.Pick("pour un vote", "voor een stem in een peiling", "for a vote in a poll"),
        EarningEvent.Share => formats.Pick("pour un partage commenté", "voor delen met eigen tekst", "for sharing with own words"),
        EarningEvent.Welcome => formats.Pick("pour l’accueil d’un nouveau membre", "voor het verwelkomen van een nieuw lid", "for welcoming a new member"),
        EarningEvent.Survey => formats.Pick("pour une réponse à une enquête", "voor een ingevulde enquête", "for answering a survey"),
        EarningEvent.Visit => formats.Pick("pour une visite en magasin", "voor een bezoek aan de winkel", "for a visit to the store"),
        EarningEvent.Confirmation => formats.Pick("pour une adresse confirmée", "voor een bevestigd adres", "for a confirmed address"),
        EarningEvent.Scan => formats.Pick("pour un code QR scanné", "voor een gescande QR-code", "for a scanned QR code"),
        _ => throw new UnreachableException($"No words for {one}."),
    };

    public string Thing(EarningEvent one) => one switch
    {
        EarningEvent.Sale => formats.Pick("un achat", "een aankoop", "a purchase"),
        EarningEvent.Enrolment => formats.Pick("l’inscription", "de inschrijving", "joining"),
        EarningEvent.Birthday => formats.Pick("l’anniversaire", "de verjaardag", "the birthday"),
        EarningEvent.EnrolmentAnniversary => formats.Pick("l’anniversaire de l’inscription", "de verjaardag van de inschrijving", "the anniversary of joining"),
        EarningEvent.FirstPurchaseAnniversary => formats.Pick("l’anniversaire du premier achat", "de verjaardag van de eerste aankoop", "the anniversary of the first purchase"),
        EarningEvent.Post => formats.Pick("une publication", "een bericht", "a post"),
        EarningEvent.Comment => formats.Pick("un commentaire", "een reactie", "a comment"),
        EarningEvent.Review => formats.Pick("un avis", "een beoordeling", "a review"),
        EarningEvent.AcceptedAnswer => formats.Pick("une réponse acceptée", "een aanvaard antwoord", "an accepted answer"),
        EarningEvent.PollVote => formats.Pick("un vote", "een stem in een peiling", "a vote in a poll"),
        EarningEvent.Share => formats.Pick("un partage commenté", "iets delen met eigen tekst", "something shared with own words"),
        EarningEvent.Welcome => formats.Pick("l’accueil d’un nouveau membre", "het verwelkomen van een nieuw lid", "welcoming a new member"),
        EarningEvent.Survey => formats.Pick("une réponse à une enquête", "een ingevulde enquête", "an answered survey"),
        EarningEvent.Visit => formats.Pick("une visite en magasin", "een bezoek aan de winkel", "a visit to the store"),
        EarningEvent.Confirmation => formats.Pick("une adresse confirmée", "een bevestigd adres", "a confirmed address"),
        EarningEvent.Scan => formats.Pick("un code QR scanné", "een gescande QR-code", "a scanned QR code"),
        _ => throw new UnreachableException($"No words for {one}."),
    };
}
