using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gamification.Api;

/// <summary>The keys of this edge, each derived from the deployment's secret for one purpose, so that none tells anything about another.</summary>
public sealed class EdgeSecrets
{
    private readonly EdgeOptions _options;
    private readonly ConcurrentDictionary<string, ProgrammeSecrets> _programmes = new(StringComparer.Ordinal);

    public EdgeSecrets(EdgeOptions options)
    {
        if (options.Secret.Length < 32) throw new ArgumentException("The deployment's secret is 32 bytes or more.", nameof(options));
        _options = options;
        Tokens = Derive(string.Create(CultureInfo.InvariantCulture, $"tokens/{options.TokenGeneration}"));
    }

    /// <summary>Signs staff and member tokens.</summary>
    public byte[] Tokens { get; }

    public ProgrammeSecrets Of(string programme) =>
        _programmes.GetOrAdd(programme, static (id, self) => new(self.Derive($"content/{id}"), self.Derive($"claims/{id}")), this);

    private byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _options.Secret.ToArray(), 32, info: Encoding.UTF8.GetBytes($"gamification/{purpose}"));
}

/// <param name="Content">Salts content digests, so that a digest kept after an erasure cannot be tried against card numbers.</param>
/// <param name="Claims">Makes the claim codes that tills print on receipts without a card.</param>
public sealed record ProgrammeSecrets(byte[] Content, byte[] Claims);
