using System.Collections.Frozen;
using Gamification.Ledger;

namespace Gamification.Statements;

/// <summary>Why a posting was made, as a member reads it. Each kind has its words.</summary>
public static class PostingWords
{
    private static readonly FrozenDictionary<PostingKind, Sentence> Words = new Dictionary<PostingKind, Sentence>
    {
        [PostingKind.Earned] = new("Gagnés", "Verdiend", "Earned"),
        [PostingKind.DebtPaid] = new("Gagnés, et déduits de ce qui était à compenser", "Verdiend, en afgetrokken van wat te verrekenen was", "Earned, and set against what was to be made up for"),
        [PostingKind.Activated] = new("Devenus disponibles", "Beschikbaar geworden", "Became available"),
        [PostingKind.Expired] = new("Expirés", "Vervallen", "Expired"),
        [PostingKind.ExpiryReversed] = new("Rendus : une activité arrivée tard montre qu’ils n’avaient pas expiré", "Teruggegeven: een laat ontvangen activiteit toont dat ze niet vervallen waren", "Given back: an activity that came late shows that they had not expired"),
        [PostingKind.Extended] = new("Valables plus longtemps", "Langer geldig", "Valid for longer"),
        [PostingKind.Held] = new("Réservés pour une récompense", "Gereserveerd voor een beloning", "Reserved for a reward"),
        [PostingKind.HoldConfirmed] = new("Échangés contre une récompense", "Ingewisseld voor een beloning", "Exchanged for a reward"),
        [PostingKind.HoldVoided] = new("Réservation annulée", "Reservering geannuleerd", "Reservation cancelled"),
        [PostingKind.HoldTimedOut] = new("Réservation expirée", "Reservering verlopen", "Reservation ran out"),
        [PostingKind.Redeemed] = new("Échangés contre une récompense", "Ingewisseld voor een beloning", "Exchanged for a reward"),
        [PostingKind.SpendRestored] = new("Rendus : l’achat payé en points a été retourné", "Teruggegeven: de aankoop met punten is teruggebracht", "Given back: what was paid with points was returned"),
        [PostingKind.ClawedBack] = new("Repris : l’achat a été retourné", "Teruggenomen: de aankoop is teruggebracht", "Taken back: the purchase was returned"),
        [PostingKind.DebtIncurred] = new("À compenser : l’achat retourné avait rapporté des points déjà utilisés", "Te verrekenen: de teruggebrachte aankoop had punten opgeleverd die al gebruikt waren", "To be made up for: the returned purchase had brought points that were already used"),
        [PostingKind.WrittenOff] = new("Annulés : plus à compenser", "Kwijtgescholden: niet meer te verrekenen", "Written off: no longer to be made up for"),
        [PostingKind.DebtForgiven] = new("Effacés : plus à compenser", "Vergeven: niet meer te verrekenen", "Forgiven: no longer to be made up for"),
        [PostingKind.Granted] = new("Geste commercial", "Commercieel gebaar", "Goodwill gesture"),
        [PostingKind.Corrected] = new("Correction", "Correctie", "Correction"),
        [PostingKind.MergedOut] = new("Passés sur un autre compte de la même personne", "Overgezet naar een andere rekening van dezelfde persoon", "Moved to another account of the same person"),
        [PostingKind.MergedIn] = new("Venus d’un autre compte de la même personne", "Afkomstig van een andere rekening van dezelfde persoon", "Came from another account of the same person"),
        [PostingKind.UnmergedOut] = new("Fusion annulée : rendus à l’autre compte", "Samenvoeging ongedaan gemaakt: teruggegeven aan de andere rekening", "Merge undone: given back to the other account"),
        [PostingKind.UnmergedIn] = new("Fusion annulée : revenus de l’autre compte", "Samenvoeging ongedaan gemaakt: teruggekomen van de andere rekening", "Merge undone: came back from the other account"),
    }.ToFrozenDictionary();

    public static Sentence Of(PostingKind kind) => Words[kind];
}
