using System.Security.Cryptography;

namespace Gamification.Storage;

/// <summary>The databases were written with another secret than the one in the data folder: no card would be found, and every replay would be a conflict.</summary>
public sealed class WrongSecretException()
    : Exception("secret.key is not the one that these databases were written with. Restore it from its backup, or point --data to its own folder.");

/// <summary>
/// What a database remembers of the secret it was written with: derived from it, so that it tells whether two secrets are the same and nothing else.
/// </summary>
internal static class SecretCheck
{
    /// <param name="kept">What the database has had since its first start.</param>
    /// <param name="own">What this deployment's secret comes to.</param>
    public static void Compare(ReadOnlySpan<byte> kept, ReadOnlySpan<byte> own)
    {
        if (!CryptographicOperations.FixedTimeEquals(kept, own)) throw new WrongSecretException();
    }
}
