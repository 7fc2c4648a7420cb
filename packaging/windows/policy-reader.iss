; The installer for Windows, made by build.ps1, which gives Version and Program (the frozen folder).
; NOT RUN YET: nobody has tried this on Windows. Inno Setup 6.3 or newer.

#ifndef Version
  #error Run packaging\windows\build.ps1
#endif
#define Window "policy-reader-window.exe"
#define Offered "Software\Classes\Applications\" + Window

[Setup]
; Told apart from other programs by this; it stays the same in every version.
AppId=policy-reader
AppName=Policy Reader
AppVersion={#Version}
AppPublisher=The Policy Reader project
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Policy Reader
DisableProgramGroupPage=yes
; For one user without an administrator's password; who has it may install for all.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
SetupIconFile=..\..\build\policy-reader.ico
UninstallDisplayIcon={app}\{#Window}
WizardStyle=modern
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
CloseApplications=yes

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

; Files of an older version that the new one no longer has.
[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\Policy Reader"; Filename: "{app}\{#Window}"

; "Open with" offers the program for these; it never becomes the default for any.
[Registry]
Root: HKA; Subkey: "{#Offered}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Policy Reader"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Offered}\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#Window}"" ""%1"""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".txt"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".text"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".md"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".markdown"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".mdown"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".mkd"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".adoc"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".asciidoc"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".html"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".htm"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".xhtml"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".xht"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".mht"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".mhtml"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".eml"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".pdf"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".docx"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".docm"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".odt"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".fodt"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".rtf"; ValueData: ""
Root: HKA; Subkey: "{#Offered}\SupportedTypes"; ValueType: string; ValueName: ".epub"; ValueData: ""

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,Policy Reader}"; Flags: nowait postinstall skipifsilent
