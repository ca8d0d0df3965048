/** A function as the fuzzer calls it: what it should be given, what it gives; `...` repeats the last kind. */
export interface Signature {
  /** With a dot in front that of a method, whose receiver is of the first kind. */
  readonly name: string
  readonly args: readonly string[]
  readonly rest: string | undefined
  readonly result: string
}

/**
 * Every function but those that make certificates, and the methods. What is drawn at random or
 * read from the clock goes only to functions that tell its length or kind. Kinds beyond Go's say
 * which text makes sense.
 */
const table = `
and any any ...any > any
or any any ...any > any
not any > bool
eq any ...any > bool
ne any any > bool
lt number number > bool
le number number > bool
gt string string > bool
ge number number > bool
len any > int
index list int > any
index map key > any
index nested int int > any
print ...any > string
println ...any > string
printf format ...any > string
html ...any > string
js ...any > string
urlquery ...any > string
call any ...any > any
hello > string
abbrev int string > string
abbrevboth int int string > string
trunc int string > string
trim string > string
upper string > string
lower string > string
title string > string
untitle string > string
substr int int string > string
repeat small string > string
trimall string string > string
trimAll string string > string
trimSuffix string string > string
trimPrefix string string > string
nospace string > string
initials string > string
swapcase string > string
snakecase string > string
camelcase string > string
kebabcase string > string
wrap int string > string
wrapWith int string string > string
contains string string > bool
hasPrefix string string > bool
hasSuffix string string > bool
quote ...any > string
squote ...any > string
cat ...any > string
indent small string > string
nindent small string > string
replace string string string > string
plural string string int > string
sha1sum string > string
sha256sum string > string
sha512sum string > string
adler32sum string > string
toString any > string
atoi string > int
int64 any > int64
int any > int
float64 any > float64
seq ...small > string
toDecimal any > int64
split separator string > split
splitList separator string > texts
splitn separator int string > split
toStrings any > texts
until small > ints
untilStep small small small > ints
add1 number > int64
add ...number > int64
sub number number > int64
div number number > int64
mod number number > int64
mul number ...number > int64
add1f number > float64
addf ...number > float64
subf number ...number > float64
divf number ...number > float64
mulf number ...number > float64
biggest number ...number > int64
max number ...number > int64
min number ...number > int64
maxf number ...number > float64
minf number ...number > float64
ceil number > float64
floor number > float64
round number small > float64
round number small float64 > float64
join string list > string
sortAlpha list > texts
default any any > any
default any > any
empty any > bool
coalesce ...any > any
all ...any > bool
any ...any > bool
compact list > list
mustCompact list > list
fromJson json > map
fromJsonArray json > list
toJson any > json
toPrettyJson any > json
toRawJson any > json
mustFromJson json > any
mustToJson any > json
mustToPrettyJson any > json
mustToRawJson any > json
fromYaml yaml > map
fromYamlArray yaml > list
toYaml any > yaml
mustToYaml any > yaml
toYamlPretty any > yaml
toToml map > toml
fromToml toml > map
ternary any any bool > any
deepCopy any > any
mustDeepCopy any > any
typeOf any > string
typeIs string any > bool
typeIsLike string any > bool
kindOf any > string
kindIs string any > bool
deepEqual any any > bool
base path > string
dir path > path
clean path > path
ext path > string
isAbs path > bool
osBase path > string
osClean path > path
osDir path > path
osExt path > string
osIsAbs path > bool
b64enc string > base64
b64dec base64 > string
b32enc string > base32
b32dec base32 > string
tuple ...any > list
list ...any > list
dict > map
dict key any > map
dict key any key any > map
get map key > any
set fresh key any > map
unset fresh key > map
hasKey map key > bool
pluck key ...map > list
pick map ...key > map
omit map ...key > map
merge fresh ...map > map
mergeOverwrite fresh ...map > map
mustMerge fresh ...map > map
mustMergeOverwrite fresh ...map > map
append list any > list
push list any > list
mustAppend list any > list
mustPush list any > list
prepend list any > list
mustPrepend list any > list
first list > any
mustFirst list > any
rest list > list
mustRest list > list
last list > any
mustLast list > any
initial list > list
mustInitial list > list
reverse list > list
mustReverse list > list
uniq list > list
mustUniq list > list
without list ...any > list
mustWithout list ...any > list
has any list > bool
mustHas any list > bool
slice list > list
slice list int > list
slice list int int > list
mustSlice list int int > list
concat ...list > list
dig key any map > any
dig key key any map > any
chunk small list > nested
mustChunk int list > nested
derivePassword small passwordKind string string string > string
buildCustomCert base64 base64 > any
decryptAES string base64 > string
semver version > semver
semverCompare constraint version > bool
regexMatch regex string > bool
mustRegexMatch regex string > bool
regexFindAll regex string int > texts
mustRegexFindAll regex string int > texts
regexFind regex string > string
mustRegexFind regex string > string
regexReplaceAll regex string replacement > string
mustRegexReplaceAll regex string replacement > string
regexReplaceAllLiteral regex string replacement > string
mustRegexReplaceAllLiteral regex string replacement > string
regexSplit regex string int > texts
mustRegexSplit regex string int > texts
regexQuoteMeta string > string
urlParse url > map
urlJoin map > string
date layout moment > string
dateInZone layout moment zone > string
date_in_zone layout moment zone > string
htmlDate moment > string
htmlDateInZone moment zone > string
toDate layout dateText > time
mustToDate layout dateText > time
date_modify duration time > time
dateModify duration time > time
mustDateModify duration time > time
must_date_modify duration time > time
unixEpoch time > string
duration number > string
durationRound number > string
include template any > string
tpl template-text any > string
required string any > any
lookup string string string string > map
getHostByName string > string
keys ...one > texts
values ...one > list
randAlpha small > drawn
randAlphaNum small > drawn
randNumeric small > drawn
randAscii small > drawn
randInt int int > drawnInt
randBytes small > drawn
uuidv4 > drawn
bcrypt string > drawn
htpasswd string string > drawn
shuffle string > drawn
encryptAES string string > drawn
genPrivateKey cipher > drawn
now > drawnTime
len drawn > int
typeOf drawnInt > string
typeOf drawn > string
kindIs string drawnTime > bool
fail string > any
.Year time > int
.Month time > month
.Day time > int
.Weekday time > weekday
.YearDay time > int
.Hour time > int
.Nanosecond time > int
.Unix time > int64
.UnixMilli time > int64
.UnixMicro time > int64
.UnixNano time > int64
.IsZero time > bool
.IsDST time > bool
.GoString time > string
.Format time layout > string
.AppendFormat time bytes layout > bytes
.MarshalText time > bytes
.MarshalBinary time > bytes
.Add time span > time
.Add time spanOrNumber > time
.AddDate time small small small > time
.Sub time time > span
.Round time spanOrNumber > time
.Truncate time spanOrNumber > time
.Compare time time > int
.Before time time > bool
.After time time > bool
.Equal time time > bool
.UTC time > time
.Local time > time
.In time location > time
.Location time > location
.ISOWeek time > any
.Hours span > float64
.Minutes span > float64
.Seconds span > float64
.Milliseconds span > int64
.Nanoseconds span > int64
.Abs span > span
.Round span spanOrNumber > span
.Truncate span span > span
.String span > string
.String month > string
.String weekday > string
.String location > string
.Major semver > any
.Prerelease semver > string
.Metadata semver > string
.Original semver > string
.String semver > string
.IncMajor semver > any
.IncPatch semver > any
.SetPrerelease semver string > any
.SetMetadata semver string > any
.Compare semver semver > int
.LessThan semver semver > bool
.GreaterThanEqual semver semver > bool
.Get files file > string
.GetBytes files file > bytes
.Lines files file > texts
.Glob files glob > files
.AsConfig files > yaml
.AsSecrets files > yaml
.Has apis api > bool
.YAML valuesObject > yaml
.AsMap valuesObject > map
.Table valuesObject valuePath > map
.PathValue valuesObject valuePath > any
`

const signatureOf = (line: string): Signature => {
  const [left, result] = line.split(' >') as [string, string]
  const [name, ...kinds] = left.split(' ') as [string, ...string[]]
  const rest = kinds.at(-1)?.startsWith('...') ? kinds.at(-1)!.slice(3) : undefined
  return { name, args: rest ? kinds.slice(0, -1) : kinds, rest, result: result.trim() }
}

export const signatures: readonly Signature[] = table.trim().split('\n').map(signatureOf)
