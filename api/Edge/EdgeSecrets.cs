using System.Collections.Concurrent;
using System.Globalization;

namespace Gamification.Api;

/// <summary>The keys of this edge, each for one purpose, so that none tells anything about another.</summary>
public sealed class EdgeSecrets(EdgeOptions options)
{
    private readonly ConcurrentDictionary<string, ProgrammeSecrets> _programmes = new(StringComparer.Ordinal);

    /// <summary>Signs staff and member tokens.</summary>
    public byte[] Tokens { get; } = options.SecretFor(string.Create(CultureInfo.InvariantCulture, $"edge/tokens/{options.TokenGeneration}"));

    public ProgrammeSecrets Of(string programme) =>
        _programmes.GetOrAdd(programme, static (id, derive) => new(derive($"edge/content/{id}"), derive($"edge/claims/{id}")), options.SecretFor);
}

/// <param name="Content">Salts content digests, so that a digest kept after an erasure cannot be tried against card numbers.</param>
/// <param name="Claims">Makes the claim codes that tills print on receipts without a card.</param>
public sealed record ProgrammeSecrets(byte[] Content, byte[] Claims);
