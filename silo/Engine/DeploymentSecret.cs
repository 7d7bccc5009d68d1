using System.Security.Cryptography;
using System.Text;

namespace Gamification.Silo.Engine;

/// <summary>
/// The one secret of a deployment: 32 random bytes, made on the first start and kept in the data folder, readable by its owner alone.
/// Every other secret is derived from it by name. Losing it means that cards can no longer be looked up: back it up with the vault, apart from it.
/// </summary>
public sealed class DeploymentSecret(byte[] value)
{
    private const string FileName = "secret.key";

    /// <summary>32 bytes for one purpose, by HKDF-SHA256: the same name always gives the same bytes, and no name tells about another.</summary>
    public byte[] For(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, value, 32, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>Whether the folder has one, so that <see cref="In"/> would not make another.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    public static DeploymentSecret In(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(32));
            file.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Made on an earlier start.
        }

        var secret = File.ReadAllBytes(path);
        return secret.Length == 32 ? new(secret) : throw new InvalidDataException($"{path} must hold 32 bytes; restore it from its backup.");
    }
}
