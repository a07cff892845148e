/** How an adapter in one language is built and run, in its folder. */
export interface Template {
  readonly language: string;
  readonly build?: string;
  readonly run: string;
  readonly also: readonly string[];
}

/** The languages of `adapter init`, with the other names that people give them. */
export const LANGUAGES: Readonly<Record<string, Omit<Template, "language">>> = {
  typescript: { run: "npx --yes tsx adapter.ts", also: ["ts", "javascript", "js", "node"] },
  python: { run: "python3 adapter.py", also: ["py", "python3"] },
  go: { build: "go build -o adapter adapter.go", run: "./adapter", also: ["golang"] },
  java: { build: "javac -d out Adapter.java Json.java", run: "java -cp out Adapter", also: [] },
  php: { run: "php adapter.php", also: [] },
  ruby: { run: "ruby adapter.rb", also: ["rb"] },
  csharp: {
    build: "dotnet build -c Release -o out",
    run: "dotnet out/adapter.dll",
    also: ["c#", "cs", "dotnet"],
  },
  rust: { build: "cargo build --release", run: "target/release/adapter", also: ["rs"] },
  kotlin: {
    build: "kotlinc Adapter.kt Json.kt -include-runtime -d adapter.jar",
    run: "java -jar adapter.jar",
    also: ["kt"],
  },
  shell: { run: "sh adapter.sh", also: ["sh", "bash"] },
};
