import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { parseAddress } from '#renderer/lib/address.ts';
import { useProgram } from '#renderer/lib/program.tsx';
import { PracticeBoard } from '#renderer/features/companies/practice-board.tsx';
import { FirstRun } from '#renderer/features/companies/first-run.tsx';
import { SignIn } from '#renderer/features/desk/sign-in.tsx';
import { CompanyFrame } from './company-frame.tsx';

/** Which page the address means, once it is known who sits here. */
export function Places() {
	const { desk } = useProgram();
	const [path, setPath] = useLocation();
	const address = parseAddress(path);
	const isElsewhere = address === null && path !== '/companies' && path !== '/new';
	useEffect(() => {
		if (isElsewhere) setPath('/companies', { replace: true });
	}, [isElsewhere, setPath]);
	if (desk.state === 'NEEDS_LOGIN') return <SignIn />;
	if (desk.state === 'FIRST_RUN' || path === '/new') return <FirstRun />;
	return address === null ? <PracticeBoard /> : <CompanyFrame key={address.companyId} address={address} />;
}
