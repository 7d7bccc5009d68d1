using System.Collections.Immutable;

namespace Gamification.Vault;

/// <summary>Fills a span with chance. The host passes a cryptographic source; a simulation passes its seed's.</summary>
public delegate void FillRandom(Span<byte> bytes);

/// <summary>
/// Draws what a new member is known by: a surrogate that says nothing about its card, and a public id that people can read aloud.
/// </summary>
public sealed class Surrogates(FillRandom fill)
{
    /// <summary>Crockford's alphabet: no I, L, O, U, so that nothing is misread and few words arise.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int PublicIdLength = 8;

    /// <summary>40 bits meet by chance once in a million draws among a million members; three candidates settle it.</summary>
    private const int Candidates = 3;

    public NewMembership Propose(string card, bool enrolled)
    {
        Span<byte> bytes = stackalloc byte[16];
        fill(bytes);
        return new(card, new MemberId(new Guid(bytes)), PublicIds(), enrolled);
    }

    private ImmutableArray<string> PublicIds()
    {
        var ids = ImmutableArray.CreateBuilder<string>(Candidates);
        for (var i = 0; i < Candidates; i++) ids.Add(PublicId());
        return ids.MoveToImmutable();
    }

    private string PublicId()
    {
        Span<byte> bytes = stackalloc byte[PublicIdLength];
        fill(bytes);
        Span<char> text = stackalloc char[PublicIdLength];
        for (var i = 0; i < text.Length; i++) text[i] = Alphabet[bytes[i] & 31];
        return text.ToString();
    }
}
